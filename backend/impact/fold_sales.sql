-- Folds waiting attributions of a county into its months: each row once, because it is taken in the same transaction.
WITH taken AS (
    DELETE FROM attributions_waiting AS w
    USING (SELECT n.attribution_id
           FROM attributions_waiting AS n
           WHERE n.county = :county
           ORDER BY n.attribution_id
           LIMIT :limit::bigint) AS next
    WHERE w.county = :county
      AND w.attribution_id = next.attribution_id
    RETURNING w.county, w.attribution_id
), fresh AS MATERIALIZED (
    SELECT s.county, s.kind, s.household_id, s.shop_id, s.product_id, s.area_code, s.status, s.counted, s.gross_fen, s.due_fen,
           date_trunc('month', s.business_day)::date AS month, date_trunc('month', s.sold_on)::date AS sold_month
    FROM taken
    JOIN impact_sales AS s
      ON s.county = taken.county
     AND s.id = taken.attribution_id
), sums AS (
    INSERT INTO sales_months AS m (county, month, sold_month, shop_id, product_id, area_code, status, counted, sale_fen, refund_fen, due_fen)
    SELECT county, month, sold_month, shop_id, product_id, area_code, status, counted,
           coalesce(sum(gross_fen) FILTER (WHERE kind = 'sale'), 0)::bigint,
           coalesce(sum(gross_fen) FILTER (WHERE kind = 'refund'), 0)::bigint,
           coalesce(sum(due_fen) FILTER (WHERE household_id IS NOT NULL), 0)::bigint
    FROM fresh
    GROUP BY county, month, sold_month, shop_id, product_id, area_code, status, counted
    ON CONFLICT (county, month, sold_month, shop_id, product_id, area_code, status, counted) DO UPDATE
    SET sale_fen = m.sale_fen + excluded.sale_fen,
        refund_fen = m.refund_fen + excluded.refund_fen,
        due_fen = m.due_fen + excluded.due_fen
), households AS (
    INSERT INTO household_months AS m (county, month, household_id, shop_id, product_id, area_code, status, sale_fen)
    SELECT county, month, household_id, shop_id, product_id, area_code, status, sum(gross_fen)::bigint
    FROM fresh
    WHERE counted
      AND kind = 'sale'
    GROUP BY county, month, household_id, shop_id, product_id, area_code, status
    ON CONFLICT (county, month, household_id, shop_id, product_id, area_code, status) DO UPDATE
    SET sale_fen = m.sale_fen + excluded.sale_fen
), areas AS (
    INSERT INTO area_months AS m (county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen,
                                  due_fen, paid_fen)
    SELECT f.county, l.level, d.dimension, left(f.area_code, l.level), f.month, d.key,
           coalesce(sum(f.gross_fen) FILTER (WHERE f.kind = 'sale'), 0)::bigint,
           coalesce(sum(f.gross_fen) FILTER (WHERE f.kind = 'sale' AND f.counted), 0)::bigint,
           coalesce(sum(f.gross_fen) FILTER (WHERE f.kind = 'refund'), 0)::bigint,
           coalesce(sum(f.gross_fen) FILTER (WHERE f.kind = 'refund' AND f.counted), 0)::bigint,
           coalesce(sum(f.due_fen) FILTER (WHERE f.household_id IS NOT NULL), 0)::bigint,
           0
    FROM fresh AS f
    CROSS JOIN (VALUES (6), (9), (12)) AS l (level)
    CROSS JOIN LATERAL (VALUES ('total', ''), ('shop', f.shop_id::text), ('product', f.product_id::text), ('status', f.status)) AS d (dimension, key)
    GROUP BY f.county, l.level, d.dimension, left(f.area_code, l.level), f.month, d.key
    ON CONFLICT (county, level, dimension, area_code, month, key) DO UPDATE
    SET sale_fen = m.sale_fen + excluded.sale_fen,
        counted_fen = m.counted_fen + excluded.counted_fen,
        refund_fen = m.refund_fen + excluded.refund_fen,
        counted_refund_fen = m.counted_refund_fen + excluded.counted_refund_fen,
        due_fen = m.due_fen + excluded.due_fen
), years AS (
    INSERT INTO household_years AS y (county, year, dimension, household_id, area_code, shop_id, product_id, status, months)
    SELECT f.county, extract(year FROM f.month)::smallint, d.dimension, f.household_id, f.area_code, d.shop_id, d.product_id, d.status,
           bit_or(set_bit(0::bit(12), extract(month FROM f.month)::int - 1, 1))
    FROM fresh AS f
    CROSS JOIN LATERAL (VALUES ('household', '00000000-0000-0000-0000-000000000000'::uuid, '00000000-0000-0000-0000-000000000000'::uuid, ''),
                               ('goods', f.shop_id, f.product_id, f.status)) AS d (dimension, shop_id, product_id, status)
    WHERE f.counted
      AND f.kind = 'sale'
    GROUP BY f.county, extract(year FROM f.month), d.dimension, f.household_id, f.area_code, d.shop_id, d.product_id, d.status
    ON CONFLICT (county, year, dimension, household_id, area_code, shop_id, product_id, status) DO UPDATE
    SET months = y.months | excluded.months
)
SELECT count(*) AS folded FROM taken
