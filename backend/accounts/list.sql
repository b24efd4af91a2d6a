-- Accounts in the area of whoever is asking; the administrator's is everywhere and includes buyers. `q` begins a login or a name.
SELECT accounts.id AS account_id, accounts.login, accounts.display_name, accounts.state, accounts.must_change_password,
       accounts.created_at, accounts_roles_json(accounts.id, :today::date) AS roles, accounts.id::text AS cursor
FROM accounts
WHERE (:q::text IS NULL OR starts_with(accounts.login, lower(:q)) OR starts_with(accounts.display_name, :q))
  AND (:cursor::text IS NULL OR accounts.id > :cursor::uuid)
  AND ('' = ANY (:actor_areas::text[]) OR EXISTS (
          SELECT
          FROM accounts_roles_in_force AS granted
          WHERE granted.account_id = accounts.id
            AND area_within(COALESCE(granted.organisation_county, granted.area_code), :actor_areas::text[])
      ))
ORDER BY accounts.id
LIMIT :limit::int
