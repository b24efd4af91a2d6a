-- The worklist of an area, oldest first, with how many days each entry has been waiting.
SELECT f.county || '-' || f.id AS finding_id,
       f.class,
       f.rule,
       f.area_code,
       a.name AS area_name,
       f.subject_kind,
       f.county || '-' || f.subject_id AS subject_id,
       h.card_number,
       h.head_name_masked,
       f.blocks_counting,
       f.state,
       f.assigned_to,
       f.due_on,
       f.opened_at,
       :today::date - (f.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS age_days,
       f.version,
       to_char(f.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '|' || f.id AS cursor
FROM findings AS f
JOIN registry_area_names AS a
  ON a.code = f.area_code
LEFT JOIN registry_households_masked AS h
       ON h.county = f.county
      AND h.id = f.subject_id
      AND f.subject_kind = 'households'
WHERE f.county = :county::text
  AND area_within(f.area_code, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(f.area_code, :area::text))
  AND (:class::text IS NULL OR f.class = :class::text)
  AND (:rule::text IS NULL OR f.rule = :rule::text)
  AND (CASE WHEN :state::text IS NULL THEN f.state <> 'closed' ELSE f.state = :state::text END)
  AND (:cursor::text IS NULL
       OR (f.opened_at, f.id) > (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY f.opened_at, f.id
LIMIT :limit::bigint
