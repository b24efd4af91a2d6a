-- A row of stock for each product, grade and place that goods are about to enter (plan.adjustments).
INSERT INTO stocks (county, product_id, grade, place_id)
SELECT DISTINCT a.county, a.product_id, a.grade, a.place_id
FROM jsonb_to_recordset(:plan::jsonb -> 'adjustments') AS a (county text, product_id uuid, grade text, place_id uuid)
ON CONFLICT (county, product_id, grade, place_id) DO NOTHING
