-- Public notices, newest first; what was taken back is no longer shown.
SELECT p.county || '-' || p.id AS publicity_id,
       p.kind,
       p.area_code,
       a.name AS area,
       p.title,
       p.starts_at,
       p.ends_at,
       p.ends_at > :now::timestamptz OR p.clock_stopped_at IS NOT NULL AS open,
       p.clock_stopped_at,
       jsonb_array_length(CASE WHEN jsonb_typeof(p.content) = 'array' THEN p.content ELSE '[]' END) AS lines_count,
       p.id::text AS cursor
FROM publicities AS p
LEFT JOIN areas AS a
       ON a.code = p.area_code
WHERE p.withdrawn_at IS NULL
  AND p.starts_at <= :now::timestamptz
  AND (:area::text IS NULL OR starts_with(p.area_code, :area))
  AND (:kind::text IS NULL OR p.kind = :kind)
  AND (:open::boolean IS NULL OR (p.ends_at > :now::timestamptz OR p.clock_stopped_at IS NOT NULL) = :open::boolean)
  AND (:cursor::text IS NULL OR p.id < :cursor::uuid)
ORDER BY p.id DESC
LIMIT :limit::int
