-- The signed daily heads of a county's seals, newest first.
SELECT d.county,
       d.day,
       d.seal_number,
       d.head,
       d.taken_at,
       d.public_key,
       d.signature,
       d.day::text AS cursor
FROM day_heads AS d
WHERE d.county = :county
  AND (:cursor::text IS NULL OR d.day < :cursor::date)
ORDER BY d.day DESC
LIMIT :limit::int
