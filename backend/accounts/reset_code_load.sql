-- Whose password a printed code would reset: his roles that nobody revoked, against the area of who prints it.
SELECT accounts.login, accounts.id = :actor_id::uuid AS own,
       COALESCE(bool_or(area_within(COALESCE(granted.organisation_county, granted.area_code), array_remove(:actor_areas::text[], ''))), false) AS within,
       COALESCE(bool_or(NOT area_within(COALESCE(granted.organisation_county, granted.area_code), array_remove(:actor_areas::text[], ''))), false) AS beyond,
       COALESCE(json_agg(json_build_object('role', granted.role)) FILTER (WHERE granted.role IS NOT NULL), '[]') AS roles,
       :now::timestamptz + make_interval(secs => :period_reset_code_s::int) AS expires_at
FROM accounts
LEFT JOIN accounts_roles_in_force AS granted
       ON granted.account_id = accounts.id AND (granted.valid_to IS NULL OR granted.valid_to > :today::date)
WHERE accounts.id = :account_id::uuid
  AND accounts.state = 'active'
GROUP BY accounts.id, accounts.login
