-- Who would get a role and where it would lie, as seen by who wants to grant it.
SELECT EXISTS (SELECT FROM accounts WHERE id = :account_id::uuid AND state = 'active') AS found,
       :account_id::uuid = :actor_id::uuid AS own,
       place.area_kind, organisation.kind AS organisation_kind,
       area_within(COALESCE(organisation.area_code, place.code), array_remove(:actor_areas::text[], '')) AS within
FROM (VALUES (1)) AS asked (once)
LEFT JOIN (
    SELECT code, kind AS area_kind
    FROM areas
    WHERE code = :area_code
      AND (valid_to IS NULL OR valid_to > :today::date)
) AS place ON true
LEFT JOIN (
    SELECT kind, area_code
    FROM registry_organisations
    WHERE county = :organisation_county
      AND id = :organisation_id::uuid
) AS organisation ON true
