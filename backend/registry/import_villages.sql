-- The villages an import may name: those of the county that exist today, in byte order.
SELECT a.code
FROM areas AS a
WHERE starts_with(a.code, :county)
  AND length(a.code) > 6
  AND a.valid_from <= :today::date
  AND (a.valid_to IS NULL OR a.valid_to > :today::date)
ORDER BY a.code COLLATE "C"
