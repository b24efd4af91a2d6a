-- Figures from outside of an area, newest first; `holds`: no later one was recorded for the same period.
SELECT o.id AS figure_id,
       o.area_code,
       o.indicator,
       o.part,
       CASE WHEN :language = 'en' THEN i.name_en ELSE i.name_zh END AS label,
       i.unit,
       o.from_on,
       o.to_on,
       o.value,
       o.source,
       n.display_name AS recorded_by,
       o.recorded_at,
       NOT EXISTS (SELECT 1
                   FROM outside_figures AS later
                   WHERE later.area_code = o.area_code
                     AND later.indicator = o.indicator
                     AND later.part = o.part
                     AND later.from_on = o.from_on
                     AND later.to_on = o.to_on
                     AND (later.recorded_at, later.id) > (o.recorded_at, o.id)) AS holds,
       o.recorded_at || '|' || o.id AS cursor
FROM outside_figures AS o
JOIN indicators AS i
  ON i.indicator = o.indicator
 AND i.part = o.part
 AND i.formula = 'indicators 1'
LEFT JOIN accounts_names AS n
       ON n.id = o.recorded_by
WHERE o.area_code = :area
  AND area_within(:area, :actor_areas::text[])
  AND (:indicator::text IS NULL OR o.indicator = :indicator)
  AND (:cursor::text IS NULL
       OR (o.recorded_at, o.id) < (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY o.recorded_at DESC, o.id DESC
LIMIT :limit::int
