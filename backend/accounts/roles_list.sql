-- Every role an account holds or held, as far as it lies in the area of whoever is asking.
SELECT id AS role_id, role, area_code, organisation_county || '-' || organisation_id AS organisation_id, valid_from, valid_to,
       granted_at, revoked_at, id::text AS cursor
FROM role_grants
WHERE account_id = :account_id::uuid
  AND area_within(COALESCE(organisation_county, area_code), :actor_areas::text[])
  AND (:cursor::text IS NULL OR id > :cursor::uuid)
ORDER BY id
LIMIT :limit::int
