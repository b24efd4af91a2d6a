-- Whether a slip made without a line has arrived, and what it says: for the printed slip. What a household is owed at once is owed when the
-- lot passes; what lies on commission, when it sells, at the frozen price.
SELECT l.slip_id,
       l.county || '-' || l.id AS lot_id,
       sh.name AS shop_name,
       l.county || '-' || l.product_id AS product_id,
       p.name AS product_name,
       p.base_unit,
       l.grade,
       l.harvested_on,
       l.taken_in_at,
       l.taken_in_qty,
       l.inspection,
       l.inspected_at,
       l.certificate,
       l.trace_code,
       (SELECT json_agg(json_build_object(
                   'contribution_id', c.county || '-' || c.id,
                   'name', su.name,
                   'card_number', h.card_number,
                   'quantity_qty', c.quantity_qty,
                   'mode', c.mode,
                   'price_rule', c.price_rule,
                   'farm_gate_price_fen', c.farm_gate_price_fen,
                   'price_qty', c.price_qty,
                   'share_ppm', c.share_ppm,
                   'agreed', c.agreement_id IS NOT NULL,
                   'worth_fen', CASE WHEN c.price_rule <> 'share' OR c.mode = 'bought'
                                     THEN (c.farm_gate_price_fen::numeric * c.quantity_qty / c.price_qty)::bigint END,
                   'owed_when', CASE WHEN c.mode = 'consigned' THEN 'on_sale' WHEN l.inspection = 'rejected' THEN 'never'
                                     WHEN l.inspection = 'passed' THEN 'now' ELSE 'on_passing' END) ORDER BY c.position)
        FROM contributions AS c
        JOIN suppliers AS su
          ON su.county = c.county
         AND su.id = c.supplier_id
        LEFT JOIN households AS h
               ON h.county = c.county
              AND h.id = c.household_id
        WHERE c.county = l.county
          AND c.lot_id = l.id) AS contributions
FROM lots AS l
JOIN shops AS sh
  ON sh.county = l.county
 AND sh.id = l.shop_id
JOIN products AS p
  ON p.county = l.county
 AND p.id = l.product_id
WHERE l.county = :shop_county
  AND l.slip_id = :slip_id::uuid
  AND l.shop_id = :shop_id::uuid
  AND (l.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(l.county, :actor_areas::text[]))
