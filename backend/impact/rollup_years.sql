-- Fills an empty household_years from the months of households: after a bulk load, which queues nothing.
INSERT INTO household_years (county, year, dimension, household_id, area_code, shop_id, product_id, status, months)
SELECT county, year, dimension, household_id, area_code, shop_id, product_id, status, months
FROM impact_household_years
WHERE NOT EXISTS (SELECT 1 FROM household_years)
