-- The worklist by village: how much waits, how much of it has no owner or is late, and how old the oldest is.
SELECT f.area_code,
       a.name AS area_name,
       count(*) FILTER (WHERE f.state = 'open') AS open_count,
       count(*) FILTER (WHERE f.state = 'rectified') AS rectified_count,
       count(*) FILTER (WHERE f.state = 'open' AND f.assigned_to IS NULL) AS unassigned_count,
       count(*) FILTER (WHERE f.state = 'open' AND f.due_on < :today::date) AS late_count,
       count(DISTINCT f.subject_id) AS subjects_count,
       :today::date - (min(f.opened_at) AT TIME ZONE 'Asia/Shanghai')::date AS oldest_days,
       f.area_code AS cursor
FROM findings AS f
JOIN registry_area_names AS a
  ON a.code = f.area_code
WHERE f.county = :county::text
  AND f.state <> 'closed'
  AND area_within(f.area_code, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(f.area_code, :area::text))
  AND (:class::text IS NULL OR f.class = :class::text)
  AND (:rule::text IS NULL OR f.rule = :rule::text)
  AND (:cursor::text IS NULL OR f.area_code > :cursor::text)
GROUP BY f.area_code, a.name
ORDER BY f.area_code
LIMIT :limit::bigint
