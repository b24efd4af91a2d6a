-- What must hold whatever happened: one row a violated invariant, and an error when there is one. Run after every http and bench run.
CREATE TEMPORARY TABLE violations AS
WITH lot_stock AS (
    SELECT county, product_id, grade, place_id, sum(on_hand_qty) AS on_hand_qty
    FROM lots
    WHERE inspection = 'passed' AND NOT expired
    GROUP BY county, product_id, grade, place_id
), contributed AS (
    SELECT c.county, c.lot_id, sum(c.quantity_qty) AS quantity_qty, sum(b.left_qty) AS left_qty
    FROM contributions AS c
    JOIN contribution_balances AS b ON b.county = c.county AND b.contribution_id = c.id
    GROUP BY c.county, c.lot_id
), allocated AS (
    SELECT county, lot_id, sum(quantity_qty) AS quantity_qty
    FROM allocations
    GROUP BY county, lot_id
), reserved AS (
    SELECT l.county, l.product_id, l.grade, l.place_id, sum(l.packs * l.pack_qty) AS reserved_qty
    FROM orders AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    WHERE o.state = 'awaiting_payment'
    GROUP BY l.county, l.product_id, l.grade, l.place_id
), attributed AS (
    SELECT county, order_line_id, sum(gross_fen) AS gross_fen
    FROM attributions
    GROUP BY county, order_line_id
), tagged AS (
    SELECT county, order_id, sum(gross_fen) AS gross_fen, sum(due_fen) AS due_fen
    FROM attributions
    GROUP BY county, order_id
), escrow AS (
    SELECT e.county, side.order_id, sum(side.amount_fen) AS amount_fen
    FROM entries AS e
    CROSS JOIN LATERAL (VALUES
        (e.credit_holder, CASE WHEN e.credit_kind = 'buyer_escrow' AND e.debit_kind IN ('gateway_clearing', 'subsidy') THEN e.amount_fen END),
        (e.debit_holder, CASE WHEN e.debit_kind = 'buyer_escrow' AND e.credit_kind IN ('refund', 'subsidy') THEN -e.amount_fen END)
    ) AS side (order_id, amount_fen)
    WHERE side.amount_fen IS NOT NULL
    GROUP BY e.county, side.order_id
), account AS (
    SELECT county, kind, holder_id, sum(amount_fen) AS balance_fen
    FROM (SELECT county, credit_kind AS kind, credit_holder AS holder_id, amount_fen FROM entries
          UNION ALL
          SELECT county, debit_kind, debit_holder, -amount_fen FROM entries) AS side
    GROUP BY county, kind, holder_id
), paid AS (
    SELECT o.county, o.id, o.state, o.purchase_id, o.goods_fen, o.freight_fen, o.refunded_fen, sum(l.line_gross_fen) AS gross_fen,
           sum(l.refunded_fen) AS lines_refunded_fen
    FROM orders AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    GROUP BY o.county, o.id
), folded AS (
    SELECT code AS county
    FROM areas
    WHERE kind = 'county'
      AND code NOT IN (SELECT county FROM attributions_waiting UNION ALL SELECT county FROM paid_waiting)
), summed AS (
    SELECT county, month, sold_month, shop_id, product_id, area_code, status, counted, sale_fen, refund_fen, due_fen FROM sales_months
), summed_anew AS (
    SELECT county, month, sold_month, shop_id, product_id, area_code, status, counted, sale_fen, refund_fen, due_fen FROM impact_sales_months
), paid_sums AS (
    SELECT county, month, shop_id, product_id, area_code, status, paid_fen FROM paid_months WHERE paid_fen <> 0
), paid_anew AS (
    SELECT county, month, shop_id, product_id, area_code, status, paid_fen FROM impact_paid_months WHERE paid_fen <> 0
), helped AS (
    SELECT county, month, household_id, shop_id, product_id, area_code, status, sale_fen FROM household_months
), helped_anew AS (
    SELECT county, month, household_id, shop_id, product_id, area_code, status, sale_fen FROM impact_household_months
), area_sums AS (
    SELECT county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen FROM area_months
), area_anew AS (
    SELECT county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen FROM impact_area_months
), payments AS (
    SELECT county, month, household_id, income_kind, area_code, paid_fen, dues_count FROM paid_household_months WHERE dues_count <> 0
), payments_anew AS (
    SELECT county, month, household_id, income_kind, area_code, paid_fen, dues_count FROM impact_paid_household_months
), days AS (
    SELECT county, area_code, month, days, dues_count FROM paid_days WHERE dues_count <> 0
), days_anew AS (
    SELECT county, area_code, month, days, dues_count FROM impact_paid_days
), years AS (
    SELECT county, year, dimension, household_id, area_code, shop_id, product_id, status, months FROM household_years
), years_anew AS (
    SELECT county, year, dimension, household_id, area_code, shop_id, product_id, status, months FROM impact_household_years
)
SELECT 'stock is not what its lots have on hand' AS invariant, s.county, s.product_id AS id, s.on_hand_qty::text AS found, coalesce(t.on_hand_qty, 0)::text AS expected
FROM stocks AS s
LEFT JOIN lot_stock AS t USING (county, product_id, grade, place_id)
WHERE s.on_hand_qty <> coalesce(t.on_hand_qty, 0)
UNION ALL
SELECT 'lots without a stock row', t.county, t.product_id, '0', t.on_hand_qty::text
FROM lot_stock AS t
LEFT JOIN stocks AS s USING (county, product_id, grade, place_id)
WHERE s.county IS NULL AND t.on_hand_qty > 0
UNION ALL
SELECT 'reserved is not what unpaid orders hold', s.county, s.product_id, s.reserved_qty::text, coalesce(r.reserved_qty, 0)::text
FROM stocks AS s
LEFT JOIN reserved AS r USING (county, product_id, grade, place_id)
WHERE s.reserved_qty <> coalesce(r.reserved_qty, 0)
UNION ALL
SELECT 'contributions do not sum to what their lot took in', l.county, l.id, c.quantity_qty::text, l.taken_in_qty::text
FROM lots AS l
JOIN contributed AS c ON c.county = l.county AND c.lot_id = l.id
WHERE c.quantity_qty <> l.taken_in_qty
UNION ALL
SELECT 'what contributions have left is not what their lot has', l.county, l.id, c.left_qty::text, l.on_hand_qty::text
FROM lots AS l
JOIN contributed AS c ON c.county = l.county AND c.lot_id = l.id
WHERE c.left_qty <> l.on_hand_qty
UNION ALL
SELECT 'a lot sold other than what was allocated from it', l.county, l.id, l.sold_qty::text, coalesce(a.quantity_qty, 0)::text
FROM lots AS l
LEFT JOIN allocated AS a ON a.county = l.county AND a.lot_id = l.id
WHERE l.sold_qty <> coalesce(a.quantity_qty, 0)
UNION ALL
SELECT 'attribution of a line is not its gross less refunds', l.county, l.id, coalesce(a.gross_fen, 0)::text, (l.line_gross_fen - l.refunded_fen)::text
FROM order_lines AS l
JOIN orders AS o ON o.county = l.county AND o.id = l.order_id
LEFT JOIN attributed AS a ON a.county = l.county AND a.order_line_id = l.id
WHERE o.state NOT IN ('awaiting_payment', 'cancelled', 'expired')
  AND coalesce(a.gross_fen, 0) <> l.line_gross_fen - l.refunded_fen
UNION ALL
SELECT 'the ledger holds other than what an order is attributed', p.county, p.id, coalesce(e.amount_fen, 0)::text, coalesce(t.gross_fen, 0)::text
FROM paid AS p
LEFT JOIN escrow AS e ON e.county = p.county AND e.order_id = p.id
LEFT JOIN tagged AS t ON t.county = p.county AND t.order_id = p.id
WHERE coalesce(e.amount_fen, 0) <> coalesce(t.gross_fen, 0)
UNION ALL
SELECT 'an order is not the sum of its lines', county, id, goods_fen::text, gross_fen::text
FROM paid
WHERE goods_fen <> gross_fen OR refunded_fen < lines_refunded_fen
UNION ALL
SELECT 'a purchase is not the sum of its orders', NULL, p.id, p.total_fen::text, coalesce(sum(o.goods_fen + o.freight_fen), 0)::text
FROM purchases AS p
LEFT JOIN orders AS o ON o.county = ANY (p.counties) AND o.purchase_id = p.id
GROUP BY p.id, p.total_fen
HAVING p.total_fen <> coalesce(sum(o.goods_fen + o.freight_fen), 0)
UNION ALL
SELECT 'an order and its purchase disagree', o.county, o.id, o.state, p.state
FROM orders AS o
JOIN purchases AS p ON p.buyer_id = o.buyer_id AND p.id = o.purchase_id
WHERE (p.state = 'paid') <> (o.state NOT IN ('awaiting_payment', 'cancelled', 'expired'))
   OR p.state <> 'paid' AND o.state <> p.state
UNION ALL
SELECT 'an order of a purchase that is not there', o.county, o.id, o.purchase_id::text, NULL
FROM orders AS o
LEFT JOIN purchases AS p ON p.buyer_id = o.buyer_id AND p.id = o.purchase_id
WHERE p.id IS NULL AND o.channel = 'own'
UNION ALL
SELECT 'a balance is not the sum of its entries', b.county, b.holder_id, b.balance_fen::text, coalesce(a.balance_fen, 0)::text
FROM balances AS b
LEFT JOIN account AS a USING (county, kind, holder_id)
WHERE b.balance_fen <> coalesce(a.balance_fen, 0)
UNION ALL
SELECT 'an account that must not be negative is', county, holder_id, balance_fen::text, kind::text
FROM account
WHERE balance_fen < 0
  AND kind IN ('buyer_escrow', 'freight_escrow', 'household_payable', 'household_paid', 'cooperative', 'supplier_payable', 'shop',
               'freight', 'refund', 'paid_out')
UNION ALL
SELECT 'a transfer without entries', t.county, t.id, t.kind, t.reference
FROM transfers AS t
LEFT JOIN entries AS e ON e.county = t.county AND e.transfer_id = t.id
WHERE e.county IS NULL
UNION ALL
SELECT 'dues of an order are not what is attributed to payees', t.county, t.order_id, coalesce(d.amount_fen, 0)::text, t.due_fen::text
FROM tagged AS t
LEFT JOIN (SELECT county, order_id, sum(amount_fen) AS amount_fen FROM dues
           WHERE payee_kind IN ('household', 'supplier') AND order_id IS NOT NULL GROUP BY county, order_id) AS d
       ON d.county = t.county AND d.order_id = t.order_id
WHERE coalesce(d.amount_fen, 0) <> t.due_fen
UNION ALL
SELECT 'money that came in other than what is owed, held or given back', p.county, p.id, (p.goods_fen + p.freight_fen - p.refunded_fen)::text, coalesce(d.amount_fen, 0)::text
FROM paid AS p
LEFT JOIN (SELECT county, order_id, sum(amount_fen) AS amount_fen FROM dues WHERE order_id IS NOT NULL GROUP BY county, order_id) AS d
       ON d.county = p.county AND d.order_id = p.id
WHERE p.state NOT IN ('awaiting_payment', 'cancelled', 'expired')
  AND p.goods_fen + p.freight_fen - p.refunded_fen <> coalesce(d.amount_fen, 0)
UNION ALL
SELECT 'ratings of a product are not what its shown reviews add up to', coalesce(r.county, t.county), coalesce(r.product_id, t.product_id),
       coalesce(t.reviews_count, 0) || ' ' || coalesce(t.rating_sum, 0), coalesce(r.reviews_count, 0) || ' ' || coalesce(r.rating_sum, 0)
FROM (SELECT county, product_id, count(*) AS reviews_count, sum(rating) AS rating_sum FROM reviews WHERE state = 'shown' GROUP BY county, product_id) AS r
FULL JOIN product_ratings AS t
       ON t.county = r.county AND t.product_id = r.product_id
WHERE (coalesce(t.reviews_count, 0), coalesce(t.rating_sum, 0)) <> (coalesce(r.reviews_count, 0), coalesce(r.rating_sum, 0))
UNION ALL
SELECT 'sales of a month are not what their rows add up to', county, NULL, to_jsonb(s)::text, NULL
FROM ((TABLE summed EXCEPT TABLE summed_anew) UNION ALL (TABLE summed_anew EXCEPT TABLE summed)) AS s
JOIN folded USING (county)
UNION ALL
SELECT 'payments of a month are not what their rows add up to', county, NULL, to_jsonb(s)::text, NULL
FROM ((TABLE paid_sums EXCEPT TABLE paid_anew) UNION ALL (TABLE paid_anew EXCEPT TABLE paid_sums)) AS s
JOIN folded USING (county)
UNION ALL
SELECT 'households of a month are not those their rows name', county, NULL, to_jsonb(s)::text, NULL
FROM ((TABLE helped EXCEPT TABLE helped_anew) UNION ALL (TABLE helped_anew EXCEPT TABLE helped)) AS s
JOIN folded USING (county)
UNION ALL
SELECT 'sums of an area are not what its months add up to', county, NULL, to_jsonb(s)::text, NULL
FROM ((TABLE area_sums EXCEPT TABLE area_anew) UNION ALL (TABLE area_anew EXCEPT TABLE area_sums)) AS s
UNION ALL
SELECT 'months of a household are not those of its rows', county, household_id, to_jsonb(s)::text, NULL
FROM ((TABLE years EXCEPT TABLE years_anew) UNION ALL (TABLE years_anew EXCEPT TABLE years)) AS s
UNION ALL
SELECT 'payments of a household are not those of its dues', county, household_id, to_jsonb(s)::text, NULL
FROM ((TABLE payments EXCEPT TABLE payments_anew) UNION ALL (TABLE payments_anew EXCEPT TABLE payments)) AS s
JOIN folded USING (county)
UNION ALL
SELECT 'days to payment are not those of the dues', county, NULL, to_jsonb(s)::text, NULL
FROM ((TABLE days EXCEPT TABLE days_anew) UNION ALL (TABLE days_anew EXCEPT TABLE days)) AS s
JOIN folded USING (county);

SELECT invariant, county, id, found, expected
FROM violations
LIMIT 50;

DO $$
DECLARE
    first record;
BEGIN
    SELECT * INTO first FROM violations LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% violated invariants, such as: % (county %, id %, found %, expected %)',
            (SELECT count(*) FROM violations), first.invariant, first.county, first.id, first.found, first.expected;
    END IF;
END $$;
