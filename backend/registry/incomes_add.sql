-- Adds the baselines of plan.incomes; one that stands already with the same year, kind, concept, method and amount is not added again.
INSERT INTO income_baselines (county, id, household_id, year, kind, category_code, amount_fen, concept, method, full_survey, source, collected_on)
SELECT g.county, g.baseline_id, g.household_id, g.year, g.kind, g.category_code, g.amount_fen, g.concept, g.method, g.full_survey, g.source,
       g.collected_on
FROM jsonb_to_recordset(:plan::jsonb -> 'incomes') AS g (
    county text, baseline_id uuid, household_id uuid, year int, kind text, category_code text, amount_fen bigint, concept text, method text,
    full_survey boolean, source text, collected_on date)
WHERE NOT EXISTS (
    SELECT 1
    FROM income_baselines AS b
    WHERE b.county = g.county
      AND b.household_id = g.household_id
      AND (b.year, b.kind, b.concept, b.method, b.amount_fen) = (g.year, g.kind, g.concept, g.method, g.amount_fen)
      AND b.category_code IS NOT DISTINCT FROM g.category_code)
