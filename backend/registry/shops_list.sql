-- Shops in any state, for those who oversee the area and for their own operators.
SELECT s.county || '-' || s.id AS shop_id,
       s.county || '-' || s.station_id AS station_id,
       s.name,
       s.kind,
       s.area_code,
       a.name AS area_name,
       s.platform_fee_ppm,
       s.state,
       s.version,
       s.id::text AS cursor
FROM shops AS s
JOIN areas AS a
  ON a.code = s.area_code
WHERE (area_within(s.area_code, :actor_areas::text[]) OR s.id = ANY (:actor_organisations::uuid[]))
  AND (:area::text IS NULL OR starts_with(s.area_code, :area::text))
  AND (:state::text IS NULL OR s.state = :state::text)
  AND (:cursor::uuid IS NULL OR s.id > :cursor::uuid)
ORDER BY s.id
LIMIT :limit::bigint
