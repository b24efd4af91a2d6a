-- A call did not go through: again later, ever more slowly, at most an hour apart.
UPDATE outbox
SET attempts = attempts + 1,
    last_error = :why,
    due_at = :now::timestamptz + least(3600, power(2, least(attempts, 12))::int) * interval '1 second'
WHERE id = :outbox_id::uuid
