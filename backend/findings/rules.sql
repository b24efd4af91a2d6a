-- The quality rules of the register in their order, with what each has waiting in an area.
SELECT r.name AS rule,
       r.class,
       r.blocks_counting,
       count(f.id) AS waiting_count,
       :today::date - (min(f.opened_at) AT TIME ZONE 'Asia/Shanghai')::date AS oldest_days,
       r.ordinal::text AS cursor
FROM quality_rules AS r
LEFT JOIN findings AS f
       ON f.county = :county::text
      AND f.rule = r.name
      AND f.state <> 'closed'
      AND area_within(f.area_code, :actor_areas::text[])
      AND (:area::text IS NULL OR starts_with(f.area_code, :area::text))
WHERE (:cursor::int IS NULL OR r.ordinal > :cursor::int)
GROUP BY r.name
ORDER BY r.ordinal
LIMIT :limit::bigint
