-- What a unit's bookkeeping needs of each order that was paid: buyer and seller, goods, freight, what was given back.
WITH unit AS MATERIALIZED (
    SELECT u.county, u.id, u.invoice_title, u.credit_code
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
    SELECT unit.invoice_title, unit.credit_code, o.county, o.order_id
    FROM unit
    JOIN demand_orders AS o
      ON o.unit_county = unit.county
     AND o.unit_id = unit.id
    WHERE o.paid_on >= make_date(:year::int, 1, 1)
      AND o.paid_on < make_date(:year::int + 1, 1, 1)
      AND (:cursor::uuid IS NULL OR o.order_id < :cursor::uuid)
)
SELECT o.county || '-' || o.id AS order_id,
       made.invoice_title,
       made.credit_code,
       s.name AS shop_name,
       a.name AS county_name,
       o.paid_on,
       (SELECT string_agg(l.name || ' × ' || l.packs, '; ' ORDER BY l.position)
        FROM order_lines AS l
        WHERE l.county = o.county
          AND l.order_id = o.id) AS goods,
       o.goods_fen,
       o.freight_fen,
       o.refunded_fen,
       o.goods_fen + o.freight_fen - o.refunded_fen AS amount_fen,
       o.id::text AS cursor
FROM made
JOIN orders AS o
  ON o.county = made.county
 AND o.id = made.order_id
JOIN shops AS s
  ON s.county = o.county
 AND s.id = o.shop_id
JOIN areas AS a
  ON a.code = o.county
ORDER BY o.id DESC
LIMIT :limit::int
