-- Keeps the answer of a committed request under its Idempotency-Key.
UPDATE idempotency_keys
SET answer_status = :answer_status::int,
    answer_body = :answer_body
WHERE actor_id = :actor_id::uuid
  AND key = :idempotency_key
