-- The role someone wants to revoke.
SELECT granted.role, granted.account_id = :actor_id::uuid AS own,
       area_within(COALESCE(granted.organisation_county, granted.area_code), array_remove(:actor_areas::text[], '')) AS within
FROM accounts_roles_in_force AS granted
WHERE granted.account_id = :account_id::uuid
  AND granted.id = :role_id::uuid
