-- One public notice with its masked lines.
SELECT p.county || '-' || p.id AS publicity_id,
       p.kind,
       p.area_code,
       p.title,
       p.starts_at,
       p.ends_at,
       p.ends_at > :now::timestamptz OR p.clock_stopped_at IS NOT NULL AS open,
       p.clock_stopped_at,
       p.withdrawn_at,
       p.content AS lines
FROM publicities AS p
WHERE p.county = :publicity_county
  AND p.id = :publicity_id::uuid
  AND p.starts_at <= :now::timestamptz
