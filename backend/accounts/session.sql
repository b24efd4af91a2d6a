-- Whose session or token this is, and the roles in force today. A token sees only its scopes; who must change a password has none.
WITH session AS (
    SELECT sessions.id, sessions.account_id, sessions.csrf, sessions.kind, sessions.scopes, sessions.expires_at,
           accounts.must_change_password
    FROM sessions
    JOIN accounts ON accounts.id = sessions.account_id
    WHERE sessions.token_hash = :token_hash
      AND sessions.revoked_at IS NULL
      AND sessions.expires_at > :now::timestamptz
      AND accounts.state = 'active'
),
-- Skips a locked row: a lookup never waits.
unseen AS (
    SELECT id
    FROM sessions
    WHERE token_hash = :token_hash
      AND last_used_on IS DISTINCT FROM :today::date
    FOR UPDATE SKIP LOCKED
),
seen AS (
    UPDATE sessions
    SET last_used_on = :today::date
    WHERE id IN (SELECT id FROM unseen)
)
SELECT session.account_id, session.id AS session_id, session.csrf, session.kind = 'token' AS by_token, session.expires_at,
       COALESCE((
           SELECT json_agg(json_build_object('role', role, 'area_code', area_code, 'organisation_id', organisation_id))
           FROM accounts_roles_in_force AS granted
           WHERE granted.account_id = session.account_id
             AND granted.valid_from <= :today::date
             AND (granted.valid_to IS NULL OR granted.valid_to > :today::date)
             AND NOT session.must_change_password
             AND (session.scopes = '{}' OR granted.role = ANY (session.scopes))
       ), '[]') AS grants
FROM session
