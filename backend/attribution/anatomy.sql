-- What one pack of each listed offer of a product would be served from: the lots next in line that hold a pack, and who delivered them.
-- Whether a sale counts is not asked here: what is owed never depends on it.
WITH product AS MATERIALIZED (
    SELECT p.county, p.id, s.platform_fee_ppm
    FROM products AS p
    JOIN shops AS s ON s.county = p.county AND s.id = p.shop_id
    WHERE p.county = :product_county
      AND p.id = :product_id::uuid
      AND p.state = 'approved'
      AND s.state = 'open'
), offer AS MATERIALIZED (
    SELECT f.county, f.id, f.product_id, f.grade, f.place_id, f.pack_qty, f.price_fen, product.platform_fee_ppm
    FROM product
    JOIN offers AS f ON f.county = product.county AND f.product_id = product.id
    WHERE f.listed
), queued AS (
    SELECT offer.county, offer.id AS offer_id, offer.pack_qty, t.id, t.expires_on,
           sum(t.on_hand_qty) OVER (PARTITION BY offer.id ORDER BY t.expires_on NULLS LAST, t.id) - t.on_hand_qty AS before_qty
    FROM offer
    JOIN lots AS t ON t.county = offer.county AND t.product_id = offer.product_id AND t.grade = offer.grade
                  AND t.place_id = offer.place_id
    WHERE t.inspection = 'passed'
      AND NOT t.expired
      AND t.on_hand_qty > 0
      AND (t.expires_on IS NULL OR t.expires_on > :today::date)
), sack AS MATERIALIZED (
    SELECT q.county, q.offer_id, q.id AS lot_id, q.expires_on, c.id, c.supplier_id, c.position, c.quantity_qty, b.left_qty, c.mode,
           c.price_rule, c.farm_gate_price_fen, c.price_qty, c.share_ppm, c.delivered_on
    FROM queued AS q
    JOIN contributions AS c ON c.county = q.county AND c.lot_id = q.id
    JOIN contribution_balances AS b ON b.county = c.county AND b.contribution_id = c.id
    WHERE q.before_qty < q.pack_qty
      AND b.left_qty > 0
), lot AS (
    SELECT county, offer_id, lot_id, expires_on,
           json_agg(json_build_object('contribution_id', id, 'supplier_id', supplier_id, 'position', position,
               'quantity_qty', quantity_qty, 'left_qty', left_qty, 'mode', mode, 'price_rule', price_rule,
               'farm_gate_price_fen', farm_gate_price_fen, 'price_qty', price_qty, 'share_ppm', share_ppm,
               'delivered_on', delivered_on)) AS contributions
    FROM sack
    GROUP BY county, offer_id, lot_id, expires_on
), lot_list AS (
    SELECT county, offer_id,
           json_agg(json_build_object('lot_id', lot_id, 'expires_on', expires_on, 'contributions', contributions)) AS lots
    FROM lot
    GROUP BY county, offer_id
), supplying AS MATERIALIZED (
    SELECT DISTINCT sack.county, sack.supplier_id
    FROM sack
), beneficiary AS (
    SELECT s.county, s.supplier_id,
           json_agg(json_build_object('household_id', b.household_id, 'area_code', h.area_code, 'status', 'never_registered',
               'shares', b.shares, 'open_finding', false, 'agreements', json_build_array()) ORDER BY b.household_id) AS beneficiaries
    FROM supplying AS s
    JOIN registry_beneficiaries AS b ON b.county = s.county AND b.supplier_id = s.supplier_id
    JOIN households AS h ON h.county = b.county AND h.id = b.household_id
    WHERE b.valid_from <= :today::date
      AND (b.valid_to IS NULL OR b.valid_to > :today::date)
    GROUP BY s.county, s.supplier_id
), rule AS (
    SELECT DISTINCT ON (r.county, r.supplier_id) r.county, r.supplier_id, r.kind, r.retain_ppm, r.version
    FROM supplying AS s
    JOIN distribution_rules AS r ON r.county = s.county AND r.supplier_id = s.supplier_id
    WHERE r.purpose = 'sale'
      AND r.decided_at IS NOT NULL
      AND NOT r.refused
      AND r.valid_from <= :today::date
    ORDER BY r.county, r.supplier_id, r.version DESC
)
SELECT product.county AS product_county,
       product.id AS product_id,
       coalesce((SELECT json_agg(json_build_object('offer_county', o.county, 'offer_id', o.id, 'pack_qty', o.pack_qty,
                     'price_fen', o.price_fen, 'platform_fee_ppm', o.platform_fee_ppm, 'lots', l.lots) ORDER BY o.price_fen, o.id)
                 FROM offer AS o
                 JOIN lot_list AS l ON l.county = o.county AND l.offer_id = o.id), '[]') AS offers,
       coalesce((SELECT json_agg(json_build_object('supplier_id', u.id, 'kind', u.kind, 'area_code', u.area_code,
                     'rule_kind', rule.kind, 'retain_ppm', rule.retain_ppm, 'rule_version', rule.version,
                     'beneficiaries', coalesce(b.beneficiaries, '[]')))
                 FROM supplying AS s
                 JOIN suppliers AS u ON u.county = s.county AND u.id = s.supplier_id
                 LEFT JOIN rule ON rule.county = s.county AND rule.supplier_id = s.supplier_id
                 LEFT JOIN beneficiary AS b ON b.county = s.county AND b.supplier_id = s.supplier_id), '[]') AS suppliers
FROM product
