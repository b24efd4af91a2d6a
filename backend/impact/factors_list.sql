-- Price factors on record, with their sources.
SELECT f.area_code,
       a.name AS area_name,
       f.base_year,
       f.year,
       f.factor_ppm,
       f.source,
       f.area_code || '|' || f.base_year || '|' || f.year AS cursor
FROM price_factors AS f
JOIN areas AS a
  ON a.code = f.area_code
WHERE :cursor::text IS NULL
   OR (f.area_code, f.base_year, f.year) > (split_part(:cursor::text, '|', 1), split_part(:cursor::text, '|', 2)::int,
                                            split_part(:cursor::text, '|', 3)::int)
ORDER BY f.area_code, f.base_year, f.year
LIMIT :limit::bigint
