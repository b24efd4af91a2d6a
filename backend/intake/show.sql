-- One lot with its contributions, masked, and its moves.
SELECT l.county || '-' || l.id AS lot_id,
       l.slip_id,
       l.county || '-' || l.shop_id AS shop_id,
       l.county || '-' || l.product_id AS product_id,
       p.name AS product_name,
       p.base_unit,
       l.grade,
       l.harvested_on,
       l.expires_on,
       l.taken_in_at,
       l.taken_in_qty,
       l.sold_qty,
       l.on_hand_qty,
       l.lost_qty,
       l.withdrawn_qty,
       l.inspection,
       l.inspection_note,
       l.inspected_at,
       l.certificate,
       l.expired,
       l.trace_code,
       l.version,
       (SELECT json_agg(json_build_object(
                   'contribution_id', co.county || '-' || co.id,
                   'supplier_id', co.county || '-' || co.supplier_id,
                   'supplier_kind', su.kind,
                   'supplier_name', su.name,
                   'quantity_qty', co.quantity_qty,
                   'left_qty', b.left_qty,
                   'mode', co.mode,
                   'price_rule', co.price_rule,
                   'farm_gate_price_fen', co.farm_gate_price_fen,
                   'price_qty', co.price_qty,
                   'share_ppm', co.share_ppm,
                   'agreement_id', co.county || '-' || co.agreement_id,
                   'evidence', co.evidence) ORDER BY co.position)
        FROM contributions AS co
        JOIN suppliers AS su
          ON su.county = co.county
         AND su.id = co.supplier_id
        JOIN contribution_balances AS b
          ON b.county = co.county
         AND b.contribution_id = co.id
        WHERE co.county = l.county
          AND co.lot_id = l.id) AS contributions,
       (SELECT coalesce(json_agg(json_build_object('kind', m.kind, 'quantity_qty', m.quantity_qty, 'reason', m.reason, 'made_at', m.made_at)
                                 ORDER BY m.made_at, m.id), '[]'::json)
        FROM stock_moves AS m
        WHERE m.county = l.county
          AND m.lot_id = l.id) AS moves
FROM lots AS l
JOIN products AS p
  ON p.county = l.county
 AND p.id = l.product_id
WHERE l.county = :lot_county
  AND l.id = :lot_id::uuid
  AND (l.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(l.county, :actor_areas::text[]))
