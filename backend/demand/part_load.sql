-- Facts for ordering one part of an approved list: whether it waits, and what a checkout of its lines knows. Reads without locks.
WITH part AS MATERIALIZED (
    SELECT l.county, l.id, p.part, l.state, l.year, l.proposed_by, p.recipient, p.phone, p.area_code, p.street, p.buyer_id, p.purchase_id
    FROM purchase_lists AS l
    JOIN purchase_list_parts AS p
      ON p.county = l.county
     AND p.list_id = l.id
    JOIN unit_members AS m
      ON m.county = l.county
     AND m.unit_id = l.unit_id
    WHERE l.county = :list_county
      AND l.id = :list_id::uuid
      AND p.part::text = :part
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), bought AS (
    SELECT b.id
    FROM part
    JOIN purchases AS b
      ON b.buyer_id = part.buyer_id
     AND b.id = part.purchase_id
    WHERE b.state IN ('awaiting_payment', 'paid')
), wanted AS MATERIALIZED (
    SELECT w.position, w.offer_county AS county, w.offer_id, w.packs, w.price_fen
    FROM part
    JOIN purchase_list_lines AS w
      ON w.county = part.county
     AND w.list_id = part.id
     AND w.part = part.part
), offered AS MATERIALIZED (
    SELECT w.county, o.shop_id, o.facts
    FROM (SELECT DISTINCT county, offer_id FROM wanted) AS w
    CROSS JOIN LATERAL (
        SELECT o.shop_id, o.facts
        FROM orders_offers AS o
        WHERE o.county = w.county
          AND o.offer_id = w.offer_id
        LIMIT 1
    ) AS o
), freight AS (
    SELECT f.facts
    FROM (SELECT DISTINCT county, shop_id FROM offered) AS s
    JOIN orders_freights AS f ON f.county = s.county AND f.shop_id = s.shop_id
    JOIN part ON starts_with(part.area_code, f.destination)
)
SELECT CASE
           WHEN part.state <> 'approved' OR EXISTS (SELECT FROM bought) THEN 'wrong-state'
       END AS problem,
       part.proposed_by AS buyer_id,
       (SELECT json_agg(json_build_object('offer_county', county, 'offer_id', offer_id, 'packs', packs, 'price_fen', price_fen)
                        ORDER BY position)
        FROM wanted) AS lines,
       json_build_object(
           'payment_deadline_s', :period_payment_deadline_s::bigint,
           'phone_deadline_s', :period_phone_deadline_s::bigint,
           'address', json_build_object('recipient', part.recipient, 'phone', part.phone, 'area_code', part.area_code, 'street', part.street),
           'area_known', EXISTS (SELECT FROM areas AS a WHERE a.code = part.area_code),
           'offers', coalesce((SELECT json_agg(facts) FROM offered), '[]'),
           'freights', coalesce((SELECT json_agg(facts) FROM freight), '[]')) AS checkout
FROM part
