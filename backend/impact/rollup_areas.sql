-- Fills an empty area_months from the sums of months: after a bulk load, which queues nothing.
INSERT INTO area_months (county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen)
SELECT county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen
FROM impact_area_months
WHERE NOT EXISTS (SELECT 1 FROM area_months)
