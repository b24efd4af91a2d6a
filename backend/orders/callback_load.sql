-- Facts for a payment that a provider reports: what was asked, how the purchase stands, and while it waits for money, the goods of each
-- order with the lots next in line and everyone who shares in them today. LATERAL keeps it to lookups by key.
WITH asked AS MATERIALIZED (
    SELECT y.state, y.amount_fen, y.buyer_id, y.purchase_id
    FROM payments AS y
    WHERE y.provider = :provider
      AND y.reference = :reference
), purchase AS MATERIALIZED (
    SELECT p.buyer_id, p.id, p.state, p.counties
    FROM asked
    JOIN purchases AS p ON p.buyer_id = asked.buyer_id AND p.id = asked.purchase_id
), placed AS MATERIALIZED (
    SELECT o.county, o.id, o.shop_id, s.area_code, o.goods_fen, o.freight_fen
    FROM purchase
    JOIN orders AS o ON o.county = ANY (purchase.counties) AND o.purchase_id = purchase.id
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    WHERE purchase.state = 'awaiting_payment'
), goods AS MATERIALIZED (
    SELECT l.county, l.order_id, placed.shop_id, l.product_id, l.grade, l.place_id, sum(l.packs * l.pack_qty)::bigint AS wanted_qty,
           json_agg(json_build_object('order_line_id', l.id, 'packs', l.packs, 'pack_qty', l.pack_qty,
                                      'line_gross_fen', l.line_gross_fen, 'platform_fee_ppm', l.platform_fee_ppm,
                                      'shop_freight_fen', 0) ORDER BY l.position) AS lines
    FROM placed
    JOIN order_lines AS l ON l.county = placed.county AND l.order_id = placed.id
    GROUP BY l.county, l.order_id, placed.shop_id, l.product_id, l.grade, l.place_id
), queued AS (
    SELECT t.county, t.id, t.product_id, t.grade, t.place_id, t.expires_on, goods.wanted_qty,
           sum(t.on_hand_qty) OVER (PARTITION BY t.county, t.product_id, t.grade, t.place_id
                                    ORDER BY t.expires_on NULLS LAST, t.id) - t.on_hand_qty AS before_qty
    FROM goods
    JOIN lots AS t ON t.county = goods.county AND t.product_id = goods.product_id AND t.grade = goods.grade
                  AND t.place_id = goods.place_id
    WHERE t.inspection = 'passed'
      AND NOT t.expired
      AND t.on_hand_qty > 0
      AND (t.expires_on IS NULL OR t.expires_on > :today::date)
), sack AS MATERIALIZED (
    SELECT q.county, q.product_id, q.grade, q.place_id, q.id AS lot_id, q.expires_on, c.id, c.supplier_id, c.position, c.quantity_qty,
           b.left_qty, c.mode, c.price_rule, c.farm_gate_price_fen, c.price_qty, c.share_ppm, c.delivered_on
    FROM queued AS q
    JOIN contributions AS c ON c.county = q.county AND c.lot_id = q.id
    JOIN contribution_balances AS b ON b.county = c.county AND b.contribution_id = c.id
    WHERE q.before_qty < q.wanted_qty
      AND b.left_qty > 0
), lot AS (
    SELECT county, product_id, grade, place_id, lot_id, expires_on,
           json_agg(json_build_object('contribution_id', id, 'supplier_id', supplier_id, 'position', position,
               'quantity_qty', quantity_qty, 'left_qty', left_qty, 'mode', mode, 'price_rule', price_rule,
               'farm_gate_price_fen', farm_gate_price_fen, 'price_qty', price_qty, 'share_ppm', share_ppm,
               'delivered_on', delivered_on)) AS contributions
    FROM sack
    GROUP BY county, product_id, grade, place_id, lot_id, expires_on
), lot_list AS (
    SELECT county, product_id, grade, place_id,
           json_agg(json_build_object('lot_id', lot_id, 'expires_on', expires_on, 'contributions', contributions)) AS lots
    FROM lot
    GROUP BY county, product_id, grade, place_id
), supplying AS MATERIALIZED (
    SELECT DISTINCT sack.county, sack.supplier_id, goods.product_id, goods.shop_id, p.category_code
    FROM sack
    JOIN goods ON goods.county = sack.county AND goods.product_id = sack.product_id
    JOIN products AS p ON p.county = goods.county AND p.id = goods.product_id
), sharing AS MATERIALIZED (
    SELECT s.county, s.supplier_id, s.product_id, s.shop_id, s.category_code, b.household_id, b.shares
    FROM supplying AS s
    CROSS JOIN LATERAL (
        SELECT b.household_id, b.shares
        FROM registry_beneficiaries AS b
        WHERE b.county = s.county
          AND b.supplier_id = s.supplier_id
          AND b.household_id IS NOT NULL
          AND b.valid_from <= :today::date
          AND (b.valid_to IS NULL OR b.valid_to > :today::date)
        OFFSET 0
    ) AS b
), agreed AS (
    SELECT s.county, s.supplier_id, s.product_id, s.household_id,
           json_agg(json_build_object('agreement_id', a.id, 'agreement_version', a.version, 'signed_at', a.signed_at,
                                      'valid_from', a.valid_from, 'valid_to', a.valid_to)) AS agreements
    FROM sharing AS s
    JOIN link_agreements AS a ON a.county = s.county AND a.household_id = s.household_id
                             AND a.counterparty_id IN (s.shop_id, s.supplier_id)
    WHERE a.state IN ('in_force', 'ended')
      AND (a.category_code IS NULL OR a.category_code = s.category_code)
    GROUP BY s.county, s.supplier_id, s.product_id, s.household_id
), beneficiary AS (
    SELECT s.county, s.supplier_id, s.product_id,
           json_agg(json_build_object('household_id', s.household_id, 'area_code', h.area_code,
               'status', coalesce(t.status, 'never_registered'), 'shares', s.shares, 'open_finding', f.household_id IS NOT NULL,
               'agreements', coalesce(agreed.agreements, '[]')) ORDER BY s.household_id) AS beneficiaries
    FROM sharing AS s
    CROSS JOIN LATERAL (
        SELECT h.area_code
        FROM households AS h
        WHERE h.county = s.county
          AND h.id = s.household_id
        LIMIT 1
    ) AS h
    LEFT JOIN household_statuses AS t ON t.county = s.county AND t.household_id = s.household_id
                                     AND t.valid @> :today::date AND t.known @> :now::timestamptz
    LEFT JOIN LATERAL (
        SELECT b.household_id
        FROM findings_blocked_households AS b
        WHERE b.county = s.county
          AND b.household_id = s.household_id
        LIMIT 1
    ) AS f ON true
    LEFT JOIN agreed ON agreed.county = s.county AND agreed.supplier_id = s.supplier_id AND agreed.product_id = s.product_id
                    AND agreed.household_id = s.household_id
    GROUP BY s.county, s.supplier_id, s.product_id
), rule AS (
    SELECT DISTINCT ON (r.county, r.supplier_id) r.county, r.supplier_id, r.kind, r.retain_ppm, r.version
    FROM supplying AS s
    JOIN distribution_rules AS r ON r.county = s.county AND r.supplier_id = s.supplier_id
    WHERE r.purpose = 'sale'
      AND r.decided_at IS NOT NULL
      AND NOT r.refused
      AND r.valid_from <= :today::date
    ORDER BY r.county, r.supplier_id, r.version DESC
), supplier_list AS (
    SELECT s.county, s.product_id,
           json_agg(json_build_object('supplier_id', u.id, 'kind', u.kind, 'area_code', u.area_code, 'rule_kind', rule.kind,
               'retain_ppm', rule.retain_ppm, 'rule_version', rule.version,
               'beneficiaries', coalesce(b.beneficiaries, '[]'))) AS suppliers
    FROM supplying AS s
    CROSS JOIN LATERAL (
        SELECT u.id, u.kind, u.area_code
        FROM suppliers AS u
        WHERE u.county = s.county
          AND u.id = s.supplier_id
        LIMIT 1
    ) AS u
    LEFT JOIN rule ON rule.county = s.county AND rule.supplier_id = s.supplier_id
    LEFT JOIN beneficiary AS b ON b.county = s.county AND b.supplier_id = s.supplier_id AND b.product_id = s.product_id
    GROUP BY s.county, s.product_id
), goods_list AS (
    SELECT g.county, g.order_id,
           json_agg(json_build_object('product_id', g.product_id, 'grade', g.grade, 'place_id', g.place_id, 'lines', g.lines,
               'lots', coalesce(l.lots, '[]'), 'suppliers', coalesce(u.suppliers, '[]')) ORDER BY g.product_id) AS goods
    FROM goods AS g
    LEFT JOIN lot_list AS l ON l.county = g.county AND l.product_id = g.product_id AND l.grade = g.grade AND l.place_id = g.place_id
    LEFT JOIN supplier_list AS u ON u.county = g.county AND u.product_id = g.product_id
    GROUP BY g.county, g.order_id
)
SELECT asked.state AS payment_state,
       asked.amount_fen AS asked_fen,
       purchase.buyer_id,
       purchase.id AS purchase_id,
       purchase.state AS purchase_state,
       (SELECT t.result FROM provider_transactions AS t
        WHERE t.provider = :provider AND t.transaction_id = :transaction_id) AS known_result,
       coalesce((SELECT json_agg(json_build_object('order_id', o.id, 'order_county', o.county, 'shop_id', o.shop_id,
                     'area_code', o.area_code, 'goods_fen', o.goods_fen, 'freight_fen', o.freight_fen, 'goods', g.goods)
                     ORDER BY o.county, o.id)
                 FROM placed AS o
                 JOIN goods_list AS g ON g.county = o.county AND g.order_id = o.id), '[]') AS orders
FROM asked
CROSS JOIN purchase
