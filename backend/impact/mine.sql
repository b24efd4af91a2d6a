-- What a buyer's own purchases brought to households: due and paid, by village, month and purchase. Fewer than five households are not told apart.
WITH own AS MATERIALIZED (
    SELECT o.county, o.id, o.purchase_id, o.paid_at, to_char(o.paid_on, 'YYYY-MM') AS month
    FROM orders AS o
    WHERE o.buyer_id = :actor_id::uuid
      AND o.paid_at IS NOT NULL
), bought AS MATERIALIZED (
    SELECT o.county, o.id, o.purchase_id, o.paid_at, o.month, sum(l.line_gross_fen - l.refunded_fen)::bigint AS bought_fen
    FROM own AS o
    JOIN order_lines AS l
      ON l.county = o.county
     AND l.order_id = o.id
    GROUP BY o.county, o.id, o.purchase_id, o.paid_at, o.month
), helped AS MATERIALIZED (
    SELECT a.county, a.id, o.id AS order_id, o.purchase_id, o.month, a.household_id, a.area_code, a.due_fen
    FROM own AS o
    JOIN order_lines AS l
      ON l.county = o.county
     AND l.order_id = o.id
    JOIN attributions AS a
      ON a.county = l.county
     AND a.order_line_id = l.id
    WHERE a.counted
), settled AS (
    SELECT coalesce(sum(d.amount_fen), 0)::bigint AS paid_fen
    FROM helped AS h
    JOIN dues AS d
      ON d.county = h.county
     AND d.order_id = h.order_id
     AND d.attribution_id = h.id
    WHERE d.state IN ('paid', 'confirmed', 'disputed')
), whole AS (
    SELECT coalesce(sum(h.due_fen), 0)::bigint AS due_fen, count(DISTINCT (h.county, h.household_id)) AS households_count
    FROM helped AS h
), by_village AS (
    SELECT h.area_code, v.name, c.name AS county_name, sum(h.due_fen)::bigint AS due_fen
    FROM helped AS h
    JOIN areas AS v
      ON v.code = h.area_code
    JOIN areas AS c
      ON c.code = h.county
    GROUP BY h.area_code, v.name, c.name
), month_helped AS (
    SELECT h.month, sum(h.due_fen)::bigint AS due_fen
    FROM helped AS h
    GROUP BY h.month
), by_month AS (
    SELECT b.month, sum(b.bought_fen)::bigint AS bought_fen, coalesce(max(m.due_fen), 0) AS due_fen
    FROM bought AS b
    LEFT JOIN month_helped AS m
           ON m.month = b.month
    GROUP BY b.month
), purchase_helped AS (
    SELECT h.purchase_id, sum(h.due_fen)::bigint AS due_fen, count(DISTINCT (h.county, h.household_id)) AS households_count
    FROM helped AS h
    GROUP BY h.purchase_id
), by_purchase AS (
    SELECT b.purchase_id, max(b.paid_at) AS paid_at, sum(b.bought_fen)::bigint AS bought_fen, coalesce(max(p.due_fen), 0) AS due_fen,
           coalesce(max(p.households_count), 0) AS households_count
    FROM bought AS b
    LEFT JOIN purchase_helped AS p
           ON p.purchase_id = b.purchase_id
    GROUP BY b.purchase_id
    ORDER BY max(b.paid_at) DESC, b.purchase_id
    LIMIT 200
)
SELECT (SELECT coalesce(sum(bought_fen), 0)::bigint FROM bought) AS bought_fen,
       whole.due_fen AS to_households_fen,
       settled.paid_fen,
       whole.due_fen - settled.paid_fen AS due_fen,
       CASE WHEN whole.households_count >= 5 THEN whole.households_count::text WHEN whole.households_count > 0 THEN '<5' ELSE '0' END AS households,
       (SELECT coalesce(json_agg(json_build_object('area_code', area_code, 'name', name, 'county_name', county_name,
                   'to_households_fen', due_fen) ORDER BY due_fen DESC, area_code), '[]'::json)
        FROM by_village) AS villages,
       (SELECT coalesce(json_agg(json_build_object('month', month, 'bought_fen', bought_fen, 'to_households_fen', due_fen) ORDER BY month),
                        '[]'::json)
        FROM by_month) AS months,
       (SELECT coalesce(json_agg(json_build_object('purchase_id', purchase_id, 'paid_at', paid_at, 'bought_fen', bought_fen,
                   'to_households_fen', due_fen, 'households', CASE WHEN households_count >= 5 THEN households_count::text
                                                                    WHEN households_count > 0 THEN '<5' ELSE '0' END)
                   ORDER BY paid_at DESC, purchase_id), '[]'::json)
        FROM by_purchase) AS purchases
FROM whole
CROSS JOIN settled
