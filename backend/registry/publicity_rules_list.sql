-- Where an identification needs one publicity instead of two.
SELECT r.area_code,
       a.name AS area_name,
       r.one_notice,
       r.source,
       r.set_at,
       r.area_code AS cursor
FROM publicity_rules AS r
JOIN areas AS a
  ON a.code = r.area_code
WHERE r.county = :county
  AND EXISTS (SELECT 1 FROM unnest(:actor_areas::text[]) AS mine WHERE starts_with(mine, r.county) OR starts_with(r.county, mine))
  AND (:cursor::text IS NULL OR r.area_code > :cursor::text)
ORDER BY r.area_code
LIMIT :limit::bigint
