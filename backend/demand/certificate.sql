-- What a unit bought in a year by county of the goods, for its certificate. Fewer than five households are not told apart.
WITH unit AS MATERIALIZED (
    SELECT u.county, u.id, u.name
    FROM units AS u
    LEFT JOIN unit_members AS m
           ON m.county = u.county
          AND m.unit_id = u.id
          AND m.account_id = :actor_id::uuid
          AND m.ended_at IS NULL
    WHERE u.county = :unit_county
      AND u.id = :unit_id::uuid
      AND (m.account_id IS NOT NULL OR area_within(u.county, :actor_areas::text[]))
), made AS MATERIALIZED (
    SELECT unit.name AS unit_name, o.county, o.order_id, o.paid_fen, o.delivered_fen, o.refunded_fen
    FROM unit
    JOIN demand_orders AS o
      ON o.unit_county = unit.county
     AND o.unit_id = unit.id
    WHERE o.paid_on >= make_date(:year::int, 1, 1)
      AND o.paid_on < make_date(:year::int + 1, 1, 1)
), helped AS (
    SELECT made.county, count(DISTINCT t.household_id) AS households_count, sum(t.due_fen)::bigint AS due_fen
    FROM made
    JOIN order_lines AS l
      ON l.county = made.county
     AND l.order_id = made.order_id
    JOIN attributions AS t
      ON t.county = l.county
     AND t.order_line_id = l.id
    WHERE t.counted
    GROUP BY made.county
), by_county AS (
    SELECT made.unit_name, made.county, count(*) AS orders_count, sum(made.paid_fen)::bigint AS paid_fen,
           sum(made.delivered_fen)::bigint AS delivered_fen, sum(made.refunded_fen)::bigint AS refunded_fen
    FROM made
    GROUP BY made.unit_name, made.county
)
SELECT c.unit_name,
       :year::int AS year,
       :today::date AS as_of,
       c.county,
       a.name AS county_name,
       c.orders_count,
       c.paid_fen,
       c.delivered_fen,
       c.refunded_fen,
       coalesce(helped.due_fen, 0) AS due_fen,
       CASE WHEN helped.households_count >= 5 THEN helped.households_count::text WHEN helped.households_count > 0 THEN '<5' ELSE '0' END AS households,
       c.county AS cursor
FROM by_county AS c
JOIN areas AS a
  ON a.code = c.county
LEFT JOIN helped
       ON helped.county = c.county
WHERE :cursor::text IS NULL OR c.county > :cursor
ORDER BY c.county
LIMIT :limit::int
