-- Ends one session or token of an account.
WITH plan AS (
    SELECT account_id, session_id, kind
    FROM jsonb_to_record(:plan::jsonb) AS plan (account_id uuid, session_id uuid, kind text)
),
ended AS (
    UPDATE sessions
    SET revoked_at = :now::timestamptz
    FROM plan
    WHERE sessions.id = plan.session_id
      AND sessions.account_id = plan.account_id
      AND sessions.kind = plan.kind
      AND sessions.revoked_at IS NULL
    RETURNING sessions.id
)
SELECT refuse('not-found')
WHERE NOT EXISTS (SELECT FROM ended)
