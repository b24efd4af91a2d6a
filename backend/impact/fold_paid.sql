-- Sums the months of a county anew whose payments a bank's result has changed; what is no longer paid becomes nought.
WITH taken AS (
    DELETE FROM paid_waiting AS w
    WHERE w.county = :county
    RETURNING w.month
), month AS MATERIALIZED (
    SELECT DISTINCT month FROM taken
), now_paid AS (
    SELECT date_trunc('month', p.result_on)::date AS month, coalesce(p.shop_id, '00000000-0000-0000-0000-000000000000') AS shop_id,
           coalesce(p.product_id, '00000000-0000-0000-0000-000000000000') AS product_id, p.area_code, p.status, p.amount_fen AS paid_fen
    FROM month
    JOIN impact_paid AS p
      ON p.county = :county
     AND p.result_on BETWEEN month.month AND (month.month + interval '1 month' - interval '1 day')::date
    UNION ALL
    SELECT m.month, m.shop_id, m.product_id, m.area_code, m.status, 0
    FROM month
    JOIN paid_months AS m
      ON m.county = :county
     AND m.month = month.month
), areas AS (
    INSERT INTO area_months AS m (county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen,
                                  due_fen, paid_fen)
    SELECT :county, l.level, d.dimension, left(p.area_code, l.level), p.month, d.key, 0, 0, 0, 0, 0, sum(p.paid_fen)::bigint
    FROM now_paid AS p
    CROSS JOIN (VALUES (6), (9), (12)) AS l (level)
    CROSS JOIN LATERAL (VALUES ('total', ''), ('shop', p.shop_id::text), ('product', p.product_id::text), ('status', p.status)) AS d (dimension, key)
    GROUP BY l.level, d.dimension, left(p.area_code, l.level), p.month, d.key
    ON CONFLICT (county, level, dimension, area_code, month, key) DO UPDATE
    SET paid_fen = excluded.paid_fen
)
INSERT INTO paid_months AS m (county, month, shop_id, product_id, area_code, status, paid_fen)
SELECT :county, month, shop_id, product_id, area_code, status, sum(paid_fen)::bigint
FROM now_paid
GROUP BY month, shop_id, product_id, area_code, status
ON CONFLICT (county, month, shop_id, product_id, area_code, status) DO UPDATE
SET paid_fen = excluded.paid_fen
