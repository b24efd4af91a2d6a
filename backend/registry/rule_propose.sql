-- Proposes the next version of an organisation's distribution rule; in force only once someone else has approved it.
INSERT INTO distribution_rules (county, supplier_id, version, kind, retain_ppm, valid_from, words, proposed_by)
SELECT s.county, s.id,
       coalesce((SELECT max(r.version) FROM distribution_rules AS r WHERE r.county = s.county AND r.supplier_id = s.id), 0) + 1,
       coalesce(:kind::text, 'shares'), :retain_ppm::int, :valid_from::date, :words, :actor_id::uuid
FROM suppliers AS s
WHERE s.county = :supplier_county
  AND s.id = :supplier_id::uuid
  AND s.kind <> 'household'
  AND (area_within(s.county, :actor_areas::text[]) OR s.id = ANY (:actor_organisations::uuid[]))
RETURNING county || '-' || supplier_id AS supplier_id, version AS rule_version
