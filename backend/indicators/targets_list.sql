-- Targets of an area, newest first; `holds`: no later one was entered for the same indicator and year.
SELECT t.id AS target_id,
       t.area_code,
       t.indicator,
       t.part,
       CASE WHEN :language = 'en' THEN i.name_en ELSE i.name_zh END AS label,
       i.unit,
       t.year,
       t.base_year,
       t.value,
       t.source,
       n.display_name AS entered_by,
       t.entered_at,
       NOT EXISTS (SELECT 1
                   FROM targets AS later
                   WHERE later.area_code = t.area_code
                     AND later.indicator = t.indicator
                     AND later.part = t.part
                     AND later.year = t.year
                     AND (later.entered_at, later.id) > (t.entered_at, t.id)) AS holds,
       t.entered_at || '|' || t.id AS cursor
FROM targets AS t
JOIN indicators AS i
  ON i.indicator = t.indicator
 AND i.part = t.part
 AND i.formula = 'indicators 1'
LEFT JOIN accounts_names AS n
       ON n.id = t.entered_by
WHERE t.area_code = :area
  AND area_within(:area, :actor_areas::text[])
  AND (:indicator::text IS NULL OR t.indicator = :indicator)
  AND (:cursor::text IS NULL
       OR (t.entered_at, t.id) < (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY t.entered_at DESC, t.id DESC
LIMIT :limit::int
