-- One finding with its whole way and the people on it.
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
       owner.display_name AS assigned_to_name,
       f.due_on,
       f.opened_by,
       finder.display_name AS opened_by_name,
       f.opened_at,
       f.rectified_by,
       mender.display_name AS rectified_by_name,
       f.rectified_at,
       f.evidence,
       f.sent_back_because,
       f.sent_back_count,
       f.closed_by,
       closer.display_name AS closed_by_name,
       f.closed_at,
       f.opened_by IS NULL AND f.subject_kind = 'households' AND r.name IS NOT NULL AS is_by_rule,
       f.version
FROM findings AS f
JOIN registry_area_names AS a
  ON a.code = f.area_code
LEFT JOIN quality_rules AS r
       ON r.name = f.rule
LEFT JOIN accounts_names AS owner
       ON owner.id = f.assigned_to
LEFT JOIN accounts_names AS finder
       ON finder.id = f.opened_by
LEFT JOIN accounts_names AS mender
       ON mender.id = f.rectified_by
LEFT JOIN accounts_names AS closer
       ON closer.id = f.closed_by
WHERE f.county = :finding_county
  AND f.id = :finding_id::uuid
  AND area_within(f.area_code, :actor_areas::text[])
