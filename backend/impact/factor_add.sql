-- Enters the prices of a year over those of a base year, from their official source.
INSERT INTO price_factors (area_code, base_year, year, factor_ppm, source, entered_by, entered_at)
SELECT :area_code::text, :base_year::int, :year::int, :factor_ppm::bigint, :source, :actor_id::uuid, :now::timestamptz
WHERE area_within(:area_code::text, :actor_areas::text[])
RETURNING area_code, base_year, year, factor_ppm
