-- One purchase list with its places, lines, the orders each place became, and what whoever asks may do now.
WITH list AS MATERIALIZED (
    SELECT l.county, l.id, l.unit_id, l.pledge_id, l.year, l.title, l.state, l.proposed_by, l.proposed_at, l.decided_by, l.decided_at,
           l.words, l.version, u.name AS unit_name, m.duty
    FROM purchase_lists AS l
    JOIN units AS u
      ON u.county = l.county
     AND u.id = l.unit_id
    LEFT JOIN unit_members AS m
           ON m.county = l.county
          AND m.unit_id = l.unit_id
          AND m.account_id = :actor_id::uuid
          AND m.ended_at IS NULL
    WHERE l.county = :list_county
      AND l.id = :list_id::uuid
      AND (m.account_id IS NOT NULL OR area_within(l.county, :actor_areas::text[]))
), line AS MATERIALIZED (
    SELECT i.part, sum(i.packs * i.price_fen)::bigint AS goods_fen,
           json_agg(json_build_object('offer_id', i.offer_county || '-' || i.offer_id, 'name', i.name, 'packs', i.packs,
                                      'price_fen', i.price_fen) ORDER BY i.position) AS lines
    FROM list
    JOIN purchase_list_lines AS i
      ON i.county = list.county
     AND i.list_id = list.id
    GROUP BY i.part
), made AS MATERIALIZED (
    SELECT o.part, o.county, o.order_id, o.shop_id, o.purchase_id, o.state, o.ordered_fen, o.refunded_fen
    FROM list
    JOIN demand_orders AS o
      ON o.unit_county = list.county
     AND o.unit_id = list.unit_id
     AND o.list_id = list.id
), ordered AS (
    SELECT made.part,
           json_agg(json_build_object('order_id', made.county || '-' || made.order_id, 'shop_name', s.name, 'purchase_id', made.purchase_id,
                                      'state', made.state, 'ordered_fen', made.ordered_fen, 'refunded_fen', made.refunded_fen)
                    ORDER BY made.order_id) AS orders
    FROM made
    JOIN shops AS s
      ON s.county = made.county
     AND s.id = made.shop_id
    GROUP BY made.part
), bought AS MATERIALIZED (
    SELECT p.part, b.state
    FROM list
    JOIN purchase_list_parts AS p
      ON p.county = list.county
     AND p.list_id = list.id
    JOIN purchases AS b
      ON b.buyer_id = p.buyer_id
     AND b.id = p.purchase_id
), parts AS (
    SELECT json_agg(json_build_object('part', p.part, 'place', p.place, 'recipient', p.recipient, 'phone', p.phone, 'area_code', p.area_code,
                        'street', p.street, 'goods_fen', line.goods_fen, 'lines', line.lines, 'purchase_id', p.purchase_id,
                        'purchase_state', bought.state, 'ordered_at', p.ordered_at, 'orders', coalesce(ordered.orders, '[]'),
                        'orderable', list.duty IS NOT NULL AND list.state = 'approved'
                                     AND coalesce(bought.state, 'expired') IN ('expired', 'cancelled'))
                    ORDER BY p.part) AS parts,
           sum(line.goods_fen)::bigint AS goods_fen
    FROM list
    JOIN purchase_list_parts AS p
      ON p.county = list.county
     AND p.list_id = list.id
    JOIN line
      ON line.part = p.part
    LEFT JOIN ordered
           ON ordered.part = p.part
    LEFT JOIN bought
           ON bought.part = p.part
)
SELECT list.county || '-' || list.id AS list_id,
       list.county || '-' || list.unit_id AS unit_id,
       list.unit_name,
       list.county || '-' || list.pledge_id AS pledge_id,
       list.year,
       list.title,
       list.state,
       parts.goods_fen,
       (SELECT c.display_name FROM accounts AS c WHERE c.id = list.proposed_by) AS proposed_by,
       list.proposed_at,
       list.proposed_by = :actor_id::uuid AS is_buyer,
       (SELECT c.display_name FROM accounts AS c WHERE c.id = list.decided_by) AS decided_by,
       list.decided_at,
       list.words,
       parts.parts,
       to_json(array_remove(ARRAY [
           CASE WHEN list.duty = 'approver' AND list.state = 'proposed' AND list.proposed_by <> :actor_id::uuid THEN 'decide' END,
           CASE WHEN list.duty IS NOT NULL AND list.state = 'approved' THEN 'close' END], NULL)) AS may,
       list.version
FROM list
CROSS JOIN parts
