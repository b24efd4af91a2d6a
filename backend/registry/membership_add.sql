-- Makes a household a member of a cooperative, enterprise or collective from a day on.
WITH supplier AS (
    SELECT s.county, s.id
    FROM suppliers AS s
    WHERE s.county = :supplier_county
      AND s.id = :supplier_id::uuid
      AND s.kind <> 'household'
      AND (area_within(s.county, :actor_areas::text[]) OR s.id = ANY (:actor_organisations::uuid[]))
)
INSERT INTO memberships (county, supplier_id, household_id, valid_from, valid_to, shares)
SELECT supplier.county, supplier.id, h.id, :valid_from::date, :valid_to::date, :shares::bigint
FROM supplier
JOIN households AS h
  ON h.county = supplier.county
 AND h.id = :household_id::uuid
 AND h.county = :household_county
RETURNING county || '-' || supplier_id AS supplier_id, county || '-' || household_id AS household_id, shares
