-- A call went through.
UPDATE outbox
SET done_at = :now::timestamptz,
    attempts = attempts + 1,
    last_error = NULL
WHERE id = :outbox_id::uuid
