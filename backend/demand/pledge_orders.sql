-- The orders a pledge's figures are made of, newest first, for its unit and its county.
WITH pledge AS MATERIALIZED (
    SELECT p.county, p.id
    FROM pledges AS p
    LEFT JOIN unit_members AS m
           ON m.county = p.county
          AND m.unit_id = p.unit_id
          AND m.account_id = :actor_id::uuid
          AND m.ended_at IS NULL
    WHERE p.county = :pledge_county
      AND p.id = :pledge_id::uuid
      AND (m.account_id IS NOT NULL OR area_within(p.county, :actor_areas::text[]))
), made AS MATERIALIZED (
    SELECT o.county, o.order_id, o.shop_id, l.proposed_by, o.state, o.created_at, o.ordered_fen, o.paid_fen, o.delivered_fen, o.refunded_fen
    FROM pledge
    JOIN demand_orders AS o
      ON o.unit_county = pledge.county
     AND o.pledge_id = pledge.id
    JOIN purchase_lists AS l
      ON l.county = o.unit_county
     AND l.id = o.list_id
    WHERE :cursor::uuid IS NULL
       OR o.order_id < :cursor::uuid
    ORDER BY o.order_id DESC
    LIMIT :limit::int
)
SELECT made.county || '-' || made.order_id AS order_id,
       s.name AS shop_name,
       a.name AS county_name,
       made.state,
       made.proposed_by = :actor_id::uuid AS is_buyer,
       made.created_at,
       made.ordered_fen,
       made.paid_fen,
       made.delivered_fen,
       made.refunded_fen,
       made.order_id::text AS cursor
FROM made
JOIN shops AS s
  ON s.county = made.county
 AND s.id = made.shop_id
JOIN areas AS a
  ON a.code = made.county
ORDER BY made.order_id DESC
