-- Cost norms as entered, newest year first.
SELECT n.area_code,
       a.name AS area_name,
       n.category_code,
       CASE WHEN :language = 'en' THEN c.name_en ELSE c.name_zh END AS category,
       c.base_unit,
       n.year,
       n.amount_fen,
       n.per_qty,
       n.source,
       n.entered_at,
       n.year || ',' || n.area_code || ',' || n.category_code AS cursor
FROM cost_norms AS n
JOIN areas AS a
  ON a.code = n.area_code
JOIN categories AS c
  ON c.code = n.category_code
WHERE :cursor::text IS NULL
   OR (-n.year, n.area_code, n.category_code) > (-split_part(:cursor::text, ',', 1)::int, split_part(:cursor::text, ',', 2),
                                                 split_part(:cursor::text, ',', 3))
ORDER BY -n.year, n.area_code, n.category_code
LIMIT :limit::bigint
