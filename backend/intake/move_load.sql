-- Facts for a stocktake, loss or withdrawal of a lot: what it and each of its contributions have left.
SELECT l.shop_id,
       l.product_id,
       l.grade,
       l.place_id,
       l.inspection,
       l.expired,
       l.on_hand_qty,
       l.lost_qty,
       l.version,
       (SELECT json_agg(json_build_object('contribution_id', b.contribution_id, 'left_qty', b.left_qty, 'quantity_qty', c.quantity_qty)
                        ORDER BY c.position)
        FROM contribution_balances AS b
        JOIN contributions AS c
          ON c.county = b.county
         AND c.id = b.contribution_id
        WHERE b.county = l.county
          AND b.lot_id = l.id) AS balances
FROM lots AS l
WHERE l.county = :lot_county
  AND l.id = :lot_id::uuid
  AND l.shop_id = ANY (:actor_organisations::uuid[])
