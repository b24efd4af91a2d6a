-- Counts what an address does without an account against its hour; one too many is refused. Keeps a hash that leads to nothing that was sent.
WITH counted AS (
    INSERT INTO login_throttles AS held (subject, failures, free_tries, next_try_at, window_ends_at)
    VALUES (encode(sha256(convert_to(:counted_as::text || '|' || COALESCE(:client_address::text, ''), 'UTF8')), 'hex'), 1,
            :an_hour_max::int, :now::timestamptz, :now::timestamptz + interval '1 hour')
    ON CONFLICT ON CONSTRAINT login_throttles_pkey DO UPDATE
    SET failures = CASE WHEN held.window_ends_at <= :now::timestamptz THEN 1 ELSE held.failures + 1 END,
        window_ends_at = CASE WHEN held.window_ends_at <= :now::timestamptz THEN excluded.window_ends_at ELSE held.window_ends_at END
    RETURNING failures
)
SELECT refuse('too-many')
FROM counted
WHERE failures > :an_hour_max::int
