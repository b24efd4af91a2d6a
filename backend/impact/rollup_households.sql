-- Fills an empty household_months from everything there is: after a bulk load, which queues nothing.
INSERT INTO household_months (county, month, household_id, shop_id, product_id, area_code, status, sale_fen)
SELECT county, month, household_id, shop_id, product_id, area_code, status, sale_fen
FROM impact_household_months
WHERE NOT EXISTS (SELECT 1 FROM household_months)
