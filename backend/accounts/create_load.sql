-- Where a role for a new account would lie, as seen by who wants to grant it.
SELECT EXISTS (SELECT FROM accounts WHERE login = lower(:login)) AS taken, true AS found, false AS own,
       place.area_kind, organisation.kind AS organisation_kind,
       area_within(COALESCE(organisation.area_code, place.code), array_remove(:actor_areas::text[], '')) AS within,
       :now::timestamptz + make_interval(secs => :period_reset_code_s::int) AS expires_at
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
