-- Stations of the area asked, within the caller's.
SELECT s.county || '-' || s.id AS station_id,
       s.name,
       s.area_code,
       a.name AS area_name,
       to_json(s.services) AS services,
       s.state,
       s.opened_on,
       s.closed_on,
       s.version,
       s.id::text AS cursor
FROM stations AS s
JOIN areas AS a
  ON a.code = s.area_code
WHERE area_within(s.area_code, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(s.area_code, :area::text))
  AND (:state::text IS NULL OR s.state = :state::text)
  AND (:cursor::uuid IS NULL OR s.id > :cursor::uuid)
ORDER BY s.id
LIMIT :limit::bigint
