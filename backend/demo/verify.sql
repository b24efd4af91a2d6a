-- What the demo holds and whether its books agree: a name, what was found, what it must equal (null: only a figure).
WITH line AS (
    SELECT sum(l.line_gross_fen - l.refunded_fen) AS net_fen, count(*) AS lines
    FROM order_lines AS l
    JOIN orders AS o ON o.county = l.county AND o.id = l.order_id
    WHERE o.state NOT IN ('awaiting_payment', 'cancelled', 'expired')
), attributed AS (
    SELECT sum(gross_fen) AS gross_fen, sum(gross_fen) FILTER (WHERE counted) AS counted_fen, sum(due_fen) AS due_fen
    FROM attributions
), escrow AS (
    SELECT sum(CASE
                   WHEN credit_kind = 'buyer_escrow' AND debit_kind IN ('gateway_clearing', 'subsidy') THEN amount_fen
                   WHEN debit_kind = 'buyer_escrow' AND credit_kind IN ('refund', 'subsidy') THEN -amount_fen
               END) AS held_fen
    FROM entries
), moved AS (
    SELECT sum(CASE WHEN credit_kind IN ('household_payable', 'cooperative', 'supplier_payable', 'shop') THEN amount_fen ELSE 0 END)
         - sum(CASE WHEN debit_kind IN ('household_payable', 'cooperative', 'supplier_payable', 'shop') THEN amount_fen ELSE 0 END) AS fen
    FROM entries
), due AS (
    SELECT sum(amount_fen) FILTER (WHERE payee_kind IN ('household', 'supplier') AND order_id IS NOT NULL) AS owed_fen,
           sum(amount_fen) FILTER (WHERE payout_item_id IS NOT NULL) AS settled_fen
    FROM dues
), lot AS (
    SELECT sum(taken_in_qty) AS taken_in_qty, sum(on_hand_qty) AS on_hand_qty, sum(sold_qty) AS sold_qty,
           sum(on_hand_qty) FILTER (WHERE inspection = 'passed' AND NOT expired) AS in_stock_qty
    FROM lots
)
SELECT figure.name, figure.found, figure.expected
FROM line
CROSS JOIN attributed
CROSS JOIN escrow
CROSS JOIN moved
CROSS JOIN due
CROSS JOIN lot
CROSS JOIN LATERAL (VALUES
    ('order lines paid', line.lines::text, NULL),
    ('gross of lines less refunds, fen', line.net_fen::text, NULL),
    ('of it counted as impact, fen', attributed.counted_fen::text, NULL),
    ('attribution = lines', attributed.gross_fen::text, line.net_fen::text),
    ('ledger = lines', escrow.held_fen::text, line.net_fen::text),
    ('dues = attribution', due.owed_fen::text, attributed.due_fen::text),
    ('payout items = dues settled', (SELECT sum(amount_fen) FROM payout_items)::text, due.settled_fen::text),
    ('balances = entries', (SELECT sum(balance_fen) FROM balances)::text, moved.fen::text),
    ('stocks = lots', (SELECT sum(on_hand_qty) FROM stocks)::text, lot.in_stock_qty::text),
    ('contributions = lots', (SELECT sum(quantity_qty) FROM contributions)::text, lot.taken_in_qty::text),
    ('contributions left = lots on hand', (SELECT sum(left_qty) FROM contribution_balances)::text, lot.on_hand_qty::text),
    ('allocations = lots sold', (SELECT sum(quantity_qty) FROM allocations)::text, lot.sold_qty::text),
    ('size of the database, MB', (pg_database_size(current_database()) / 1048576)::text, NULL)
) AS figure (name, found, expected)
