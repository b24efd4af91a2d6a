-- Poverty lines as entered, newest year first; several hold at once.
SELECT p.area_code,
       p.year,
       p.name,
       p.price_basis_year,
       p.concept,
       p.amount_fen,
       p.source,
       p.year::text || ',' || p.area_code || ',' || p.name AS cursor
FROM poverty_lines AS p
WHERE (:cursor::text IS NULL
       OR (-p.year, p.area_code, p.name) > (-split_part(:cursor::text, ',', 1)::int, split_part(:cursor::text, ',', 2), split_part(:cursor::text, ',', 3)))
ORDER BY -p.year, p.area_code, p.name
LIMIT :limit::bigint
