-- Who is asking, and what he may. By token there is no CSRF value: none is needed.
SELECT accounts.id AS account_id, accounts.login, accounts.display_name, accounts.language, accounts.must_change_password,
       CASE WHEN sessions.kind = 'session' THEN sessions.csrf END AS csrf, sessions.expires_at,
       accounts_roles_json(accounts.id, :today::date) AS roles, accounts.version
FROM accounts
JOIN sessions ON sessions.id = :session_id::uuid AND sessions.account_id = accounts.id
WHERE accounts.id = :actor_id::uuid
