-- Adds evidenced production costs of a household for a category and year.
INSERT INTO household_costs (county, id, household_id, category_code, year, amount_fen, produced_qty, evidence, document, recorded_by, recorded_at)
SELECT h.county, :new_id::uuid, h.id, :category_code::text, :year::int, :amount_fen::bigint, :produced_qty::bigint, :evidence::text, :document,
       :actor_id::uuid, :now::timestamptz
FROM households AS h
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
RETURNING county || '-' || id AS cost_id
