-- Proposes the next version of an organisation's distribution rule; in force only once someone else has approved it.
INSERT INTO distribution_rules (county, supplier_id, version, purpose, kind, retain_ppm, steps, valid_from, words, proposed_by, proposed_at)
SELECT s.county, s.id,
       coalesce((SELECT max(r.version) FROM distribution_rules AS r WHERE r.county = s.county AND r.supplier_id = s.id), 0) + 1,
       coalesce(:purpose::text, 'sale'),
       CASE WHEN coalesce(:purpose::text, 'sale') = 'sale' THEN coalesce(:kind::text, 'shares') ELSE 'steps' END,
       coalesce(:retain_ppm::int, 0),
       CASE WHEN coalesce(:purpose::text, 'sale') = 'sale' THEN NULL ELSE :body::jsonb -> 'steps' END,
       :valid_from::date, :words, :actor_id::uuid, :now::timestamptz
FROM suppliers AS s
WHERE s.county = :supplier_county
  AND s.id = :supplier_id::uuid
  AND s.kind <> 'household'
  AND (area_within(s.county, :actor_areas::text[]) OR s.id = ANY (:actor_organisations::uuid[]))
RETURNING county || '-' || supplier_id AS supplier_id, version AS rule_version
