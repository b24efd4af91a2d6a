-- Opens the session of whoever has just proved who he is, and keeps his password under today's parameters.
WITH plan AS (
    SELECT accepted, account_id, account_version, session_id, token_hash, csrf, password_hash
    FROM jsonb_to_record(:plan::jsonb)
             AS plan (accepted boolean, account_id uuid, account_version int, session_id uuid, token_hash text, csrf text, password_hash text)
),
holder AS (
    SELECT accounts.id
    FROM accounts
    JOIN plan ON plan.account_id = accounts.id AND plan.account_version = accounts.version
    WHERE plan.accepted
      AND accounts.state = 'active'
    FOR SHARE OF accounts
),
rehashed AS (
    UPDATE accounts
    SET password_hash = plan.password_hash
    FROM plan, holder
    WHERE accounts.id = holder.id
      AND plan.password_hash IS NOT NULL
),
opened AS (
    INSERT INTO sessions (id, token_hash, account_id, kind, csrf, created_at, expires_at)
    SELECT plan.session_id, plan.token_hash, holder.id, 'session', plan.csrf, :now::timestamptz,
           :now::timestamptz + make_interval(secs => :period_session_s::int)
    FROM holder
    CROSS JOIN plan
    RETURNING id
)
SELECT refuse('plan-stale')
FROM plan
WHERE accepted
  AND NOT EXISTS (SELECT FROM opened)
