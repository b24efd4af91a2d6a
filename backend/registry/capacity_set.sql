-- Sets what a household can plausibly produce of a category in a year.
INSERT INTO household_capacities AS c (county, household_id, category_code, year, produce_qty_max, basis)
SELECT h.county, h.id, :category_code::text, :year::int, :produce_qty_max::bigint, :basis
FROM households AS h
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
ON CONFLICT (county, household_id, category_code, year) DO UPDATE
SET produce_qty_max = excluded.produce_qty_max,
    basis = excluded.basis
RETURNING county || '-' || household_id AS household_id, produce_qty_max
