-- Fills an empty paid_months from everything there is: after a bulk load, which queues nothing.
INSERT INTO paid_months (county, month, shop_id, product_id, area_code, status, paid_fen)
SELECT county, month, shop_id, product_id, area_code, status, paid_fen
FROM impact_paid_months
WHERE NOT EXISTS (SELECT 1 FROM paid_months)
