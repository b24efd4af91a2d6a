-- Adds a baseline income row; a later survey is a later row, earlier reports keep theirs.
INSERT INTO income_baselines (county, id, household_id, year, kind, category_code, amount_fen, concept, method, full_survey, source, collected_on)
SELECT h.county, :new_id::uuid, h.id, :year::int, :kind::text, :category_code::text, :amount_fen::bigint, :concept::text, :method::text,
       coalesce(:full_survey::boolean, false), :source, :collected_on::date
FROM households AS h
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
RETURNING county || '-' || id AS baseline_id
