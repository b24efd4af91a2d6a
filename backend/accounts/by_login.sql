-- The account of a login, for the command line.
SELECT id AS account_id
FROM accounts
WHERE login = lower(:login)
  AND state = 'active'
