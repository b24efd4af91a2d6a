-- The orders of a unit, newest first, with where each went and what its acceptance took.
WITH unit AS MATERIALIZED (
    SELECT u.county, u.id
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
    SELECT o.county, o.order_id, o.shop_id, o.state, o.created_at, o.ordered_fen, o.refunded_fen, p.place, l.title
    FROM unit
    JOIN demand_orders AS o
      ON o.unit_county = unit.county
     AND o.unit_id = unit.id
    JOIN purchase_lists AS l
      ON l.county = unit.county
     AND l.id = o.list_id
    JOIN purchase_list_parts AS p
      ON p.county = l.county
     AND p.list_id = l.id
     AND p.part = o.part
    WHERE (:state::text IS NULL OR o.state = :state)
      AND (:cursor::uuid IS NULL OR o.order_id < :cursor::uuid)
    ORDER BY o.order_id DESC
    LIMIT :limit::int
), taken AS (
    SELECT made.county, made.order_id, t.accepted_by, t.accepted_at, sum(i.sent_packs) AS sent_packs, sum(i.accepted_packs) AS accepted_packs
    FROM made
    JOIN acceptances AS t
      ON t.county = made.county
     AND t.order_id = made.order_id
    JOIN acceptance_lines AS i
      ON i.county = t.county
     AND i.order_id = t.order_id
    GROUP BY made.county, made.order_id, t.accepted_by, t.accepted_at
)
SELECT made.county || '-' || made.order_id AS order_id,
       made.title,
       made.place,
       s.name AS shop_name,
       made.state,
       made.created_at,
       made.ordered_fen,
       made.refunded_fen,
       (SELECT c.display_name FROM accounts AS c WHERE c.id = taken.accepted_by) AS accepted_by,
       taken.accepted_at,
       taken.sent_packs,
       taken.accepted_packs,
       made.order_id::text AS cursor
FROM made
JOIN shops AS s
  ON s.county = made.county
 AND s.id = made.shop_id
LEFT JOIN taken
       ON taken.county = made.county
      AND taken.order_id = made.order_id
ORDER BY made.order_id DESC
