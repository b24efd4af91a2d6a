-- Fills an empty sales_months from everything there is: after a bulk load, which queues nothing.
INSERT INTO sales_months (county, month, sold_month, shop_id, product_id, area_code, status, counted, sale_fen, refund_fen, due_fen)
SELECT county, month, sold_month, shop_id, product_id, area_code, status, counted, sale_fen, refund_fen, due_fen
FROM impact_sales_months
WHERE NOT EXISTS (SELECT 1 FROM sales_months)
