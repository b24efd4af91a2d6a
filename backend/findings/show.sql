-- One finding with its whole way.
SELECT f.county || '-' || f.id AS finding_id,
       f.class,
       f.rule,
       f.area_code,
       a.name AS area_name,
       f.subject_kind,
       f.county || '-' || f.subject_id AS subject_id,
       f.blocks_counting,
       f.detail,
       f.state,
       f.assigned_to,
       f.due_on,
       f.opened_by,
       f.opened_at,
       f.rectified_by,
       f.rectified_at,
       f.evidence,
       f.closed_by,
       f.closed_at,
       f.version
FROM findings AS f
JOIN registry_area_names AS a
  ON a.code = f.area_code
WHERE f.county = :finding_county
  AND f.id = :finding_id::uuid
  AND area_within(f.area_code, :actor_areas::text[])
