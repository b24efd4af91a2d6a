-- Below which incidence of poverty a village may exit, as entered; the longest matching area counts.
SELECT t.area_code,
       t.incidence_ppm,
       t.source,
       t.area_code AS cursor
FROM village_thresholds AS t
WHERE :cursor::text IS NULL
   OR t.area_code > :cursor::text
ORDER BY t.area_code
LIMIT :limit::bigint
