-- Counts a try to prove who one is. Tries at the same moment take turns at the row, so a burst learns no more than its first ones.
WITH plan AS (
    SELECT accepted, login
    FROM jsonb_to_record(:plan::jsonb) AS plan (accepted boolean, login text)
),
subjects AS (
    SELECT counted.kind, counted.subject, counted.free_tries, plan.accepted
    FROM plan
    CROSS JOIN LATERAL login_throttle_subjects(plan.login, :client_address) AS counted
),
failed AS (
    INSERT INTO login_throttles AS held (subject, failures, free_tries, next_try_at, window_ends_at)
    SELECT subject, 1, free_tries, :now::timestamptz, :now::timestamptz + interval '1 hour'
    FROM subjects
    WHERE NOT accepted
    ORDER BY subject
    ON CONFLICT ON CONSTRAINT login_throttles_pkey DO UPDATE
    SET failures = CASE WHEN held.window_ends_at <= :now::timestamptz THEN 1 ELSE held.failures + 1 END,
        next_try_at = :now::timestamptz
                      + login_delay(CASE WHEN held.window_ends_at <= :now::timestamptz THEN 1 ELSE held.failures + 1 END, held.free_tries),
        window_ends_at = GREATEST(held.window_ends_at, excluded.window_ends_at)
),
succeeded AS (
    INSERT INTO login_throttles AS held (subject, failures, free_tries, next_try_at, window_ends_at, known)
    SELECT subject, 0, free_tries, :now::timestamptz, :now::timestamptz + interval '30 days', true
    FROM subjects
    WHERE accepted
      AND kind = 'login'
    ON CONFLICT ON CONSTRAINT login_throttles_pkey DO UPDATE
    SET failures = 0,
        window_ends_at = excluded.window_ends_at,
        known = true
    WHERE held.next_try_at <= :now::timestamptz
    RETURNING subject
)
SELECT refuse('too-many')
FROM plan
WHERE accepted
  AND NOT EXISTS (SELECT FROM succeeded)
