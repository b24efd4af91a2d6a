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
), payments AS (
    INSERT INTO paid_household_months AS m (county, month, household_id, income_kind, area_code, paid_fen, dues_count)
    SELECT h.county, p.month, p.household_id, p.income_kind, h.area_code, sum(p.paid_fen)::bigint, sum(p.dues_count)::bigint
    FROM (SELECT month.month, i.household_id, i.income_kind, i.amount_fen AS paid_fen, 1 AS dues_count
          FROM month
          JOIN payouts_paid_incomes AS i
            ON i.county = :county
           AND i.result_on BETWEEN month.month AND (month.month + interval '1 month' - interval '1 day')::date
          UNION ALL
          SELECT m.month, m.household_id, m.income_kind, 0, 0
          FROM month
          JOIN paid_household_months AS m
            ON m.county = :county
           AND m.month = month.month) AS p
    JOIN households AS h
      ON h.county = :county
     AND h.id = p.household_id
    GROUP BY h.county, p.month, p.household_id, p.income_kind, h.area_code
    ON CONFLICT (county, month, household_id, income_kind) DO UPDATE
    SET area_code = excluded.area_code,
        paid_fen = excluded.paid_fen,
        dues_count = excluded.dues_count
), days AS (
    INSERT INTO paid_days AS d (county, area_code, month, days, dues_count)
    SELECT :county, left(p.area_code, l.level), p.month, p.days, sum(p.dues_count)::bigint
    FROM (SELECT month.month, h.area_code, i.result_on - (u.payable_at AT TIME ZONE 'Asia/Shanghai')::date AS days, 1 AS dues_count
          FROM month
          JOIN payout_items AS i
            ON i.county = :county
           AND i.state = 'paid'
           AND i.payee_kind = 'household'
           AND i.result_on BETWEEN month.month AND (month.month + interval '1 month' - interval '1 day')::date
          JOIN dues AS u
            ON u.county = i.county
           AND u.payout_item_id = i.id
           AND u.income_kind = 'sale_of_produce'
           AND u.payable_at IS NOT NULL
          JOIN households AS h
            ON h.county = u.county
           AND h.id = u.payee_id
          UNION ALL
          SELECT m.month, m.area_code, m.days, 0
          FROM month
          JOIN paid_days AS m
            ON m.county = :county
           AND m.month = month.month
           AND length(m.area_code) = 12) AS p
    CROSS JOIN (VALUES (6), (9), (12)) AS l (level)
    GROUP BY left(p.area_code, l.level), p.month, p.days
    ON CONFLICT (county, area_code, month, days) DO UPDATE
    SET dues_count = excluded.dues_count
)
INSERT INTO paid_months AS m (county, month, shop_id, product_id, area_code, status, paid_fen)
SELECT :county, month, shop_id, product_id, area_code, status, sum(paid_fen)::bigint
FROM now_paid
GROUP BY month, shop_id, product_id, area_code, status
ON CONFLICT (county, month, shop_id, product_id, area_code, status) DO UPDATE
SET paid_fen = excluded.paid_fen
