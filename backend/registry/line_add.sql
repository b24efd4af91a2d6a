-- Enters a poverty line from its official source for an area of the caller's.
INSERT INTO poverty_lines (area_code, year, name, price_basis_year, concept, amount_fen, source, recorded_by, recorded_at)
SELECT :area_code::text, :year::int, :name, :price_basis_year::int, :concept::text, :amount_fen::bigint, :source, :actor_id::uuid, :now::timestamptz
WHERE area_within(:area_code::text, :actor_areas::text[])
RETURNING area_code, year, name, amount_fen
