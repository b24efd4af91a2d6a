-- Claims an Idempotency-Key before its request runs: new, running, replay with the first answer, or reused with another body.
WITH earlier AS (
    SELECT request_hash, answer_status, answer_body
    FROM idempotency_keys
    WHERE actor_id = :actor_id::uuid
      AND key = :idempotency_key
),
turn AS (
    SELECT pg_try_advisory_xact_lock(hashtextextended(:actor_id::uuid::text || '|' || :idempotency_key, 0)) AS ours
),
-- Who held the lock may have committed after our snapshot: then this insert finds its row and does nothing.
claimed AS (
    INSERT INTO idempotency_keys (actor_id, key, request_hash, created_at)
    SELECT :actor_id::uuid, :idempotency_key, :request_hash, :now::timestamptz
    FROM turn
    WHERE ours
      AND NOT EXISTS (SELECT FROM earlier)
    ON CONFLICT ON CONSTRAINT idempotency_keys_pkey DO NOTHING
    RETURNING key
)
SELECT CASE
           WHEN earlier.request_hash <> :request_hash THEN 'reused'
           WHEN earlier.answer_status IS NOT NULL THEN 'replay'
           WHEN claimed.key IS NOT NULL THEN 'new'
           ELSE 'running'
       END AS state,
       earlier.answer_status AS status, earlier.answer_body AS body
FROM turn
LEFT JOIN earlier ON true
LEFT JOIN claimed ON true
