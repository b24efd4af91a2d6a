-- Deletes what has served its time: ended sessions, forgotten throttles, used codes, answers kept for repeats.
WITH ended AS (
    DELETE FROM sessions
    WHERE expires_at < :now::timestamptz
       OR revoked_at < :now::timestamptz - interval '30 days'
),
forgotten AS (
    DELETE FROM login_throttles
    WHERE window_ends_at < :now::timestamptz
),
used AS (
    DELETE FROM reset_codes
    WHERE expires_at < :now::timestamptz
       OR used_at < :now::timestamptz
)
DELETE FROM idempotency_keys
WHERE created_at < :now::timestamptz - make_interval(secs => :period_idempotency_s::int)
