-- Who has just logged in, and what he may. The same columns as accounts/me.
SELECT accounts.id AS account_id, accounts.login, accounts.display_name, accounts.language, accounts.must_change_password,
       sessions.csrf, sessions.expires_at, accounts_roles_json(accounts.id, :today::date) AS roles, accounts.version
FROM jsonb_to_record(:plan::jsonb) AS plan (session_id uuid)
JOIN sessions ON sessions.id = plan.session_id
JOIN accounts ON accounts.id = sessions.account_id
