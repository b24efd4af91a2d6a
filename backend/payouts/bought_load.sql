-- Passed lots with bought goods whose purchase is not posted yet: who is owed what for them, by the terms frozen at delivery.
SELECT jsonb_build_object('county', l.county, 'lot_id', l.id, 'shop_id', l.shop_id, 'goods',
       jsonb_agg(jsonb_build_object(
           'payee_kind', CASE WHEN c.household_id IS NULL THEN 'supplier' ELSE 'household' END,
           'payee_id', coalesce(c.household_id, c.supplier_id),
           'account', CASE WHEN c.household_id IS NOT NULL THEN 'household_payable'
                           WHEN s.kind = 'cooperative' THEN 'cooperative'
                           ELSE 'supplier_payable' END,
           'price_fen', c.farm_gate_price_fen, 'price_qty', c.price_qty, 'quantity_qty', c.quantity_qty)
           ORDER BY c.position)) AS lot
FROM contributions AS c
JOIN lots AS l
  ON l.county = c.county
 AND l.id = c.lot_id
JOIN suppliers AS s
  ON s.county = c.county
 AND s.id = c.supplier_id
WHERE c.mode = 'bought'
  AND c.farm_gate_price_fen > 0
  AND l.inspection = 'passed'
  AND NOT EXISTS (SELECT 1
                  FROM transfers AS t
                  WHERE t.county = l.county
                    AND t.kind = 'goods_bought'
                    AND t.reference = l.id::text)
GROUP BY l.county, l.id, l.shop_id
ORDER BY l.county, l.id
LIMIT 20
