-- The units whoever asks belongs to, and those of his counties, by name.
WITH mine AS MATERIALIZED (
    SELECT m.county, m.unit_id, m.duty
    FROM unit_members AS m
    WHERE m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
)
SELECT u.county || '-' || u.id AS unit_id,
       u.name,
       u.kind,
       u.area_code,
       a.name AS area_name,
       mine.duty,
       u.name || '|' || u.id AS cursor
FROM units AS u
JOIN areas AS a
  ON a.code = u.area_code
LEFT JOIN mine
       ON mine.county = u.county
      AND mine.unit_id = u.id
WHERE (mine.unit_id IS NOT NULL OR area_within(u.county, :actor_areas::text[]))
  AND (:cursor::text IS NULL OR u.name || '|' || u.id > :cursor)
ORDER BY u.name || '|' || u.id
LIMIT :limit::int
