-- Payouts: dues, batches, evidence.

-- owner: payouts
CREATE TABLE dues (
    county text NOT NULL,
    id uuid NOT NULL,
    payee_kind text NOT NULL,
    payee_id uuid NOT NULL,
    source_kind text NOT NULL,
    order_id uuid,
    attribution_id uuid,
    lot_id uuid,
    amount_fen bigint NOT NULL,
    state text NOT NULL DEFAULT 'expected',
    expected_on date NOT NULL,
    payable_at timestamptz,
    payout_item_id uuid,
    paid_at timestamptz,
    answered_at timestamptz,
    CONSTRAINT dues_pkey PRIMARY KEY (county, id),
    CONSTRAINT dues_payee__invalid CHECK (payee_kind IN ('household', 'supplier', 'shop', 'freight', 'platform')),
    CONSTRAINT dues_source__invalid CHECK (source_kind IN ('sale', 'refund', 'bought', 'margin', 'freight', 'fee', 'charge')),
    CONSTRAINT dues_state__wrong_state CHECK (state IN ('expected', 'payable', 'in_batch', 'paid', 'confirmed', 'disputed', 'reversed'))
);
CREATE INDEX dues_by_payee ON dues (county, payee_kind, payee_id, state);
CREATE INDEX dues_by_order ON dues (county, order_id);
CREATE INDEX dues_by_item ON dues (county, payout_item_id);
CREATE INDEX dues_payable ON dues (county, expected_on, id) WHERE state = 'payable';
CALL describe('dues', 'What is owed and when (应付). A due settles whole; a refund before payment is a negative due of the same payee.', '
county | county code, first key
id | due id
payee_kind | household, supplier, shop, freight or platform
payee_id | whose account in the ledger
source_kind | what it comes from
order_id | order, if any
attribution_id | attribution row, if any
lot_id | lot of bought goods, if any
amount_fen | fen; negative after a refund or a charge
state | expected, payable, in_batch, paid, confirmed, disputed or reversed
expected_on | business day of the sale
payable_at | when delivery and return window were over
payout_item_id | item that settles it
paid_at | when the bank paid
answered_at | when the payee confirmed or disputed
');

-- owner: payouts
CREATE TABLE payout_batches (
    county text NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    total_fen bigint NOT NULL,
    items_count int NOT NULL,
    publicity_id uuid NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    approved_by uuid,
    approved_at timestamptz,
    paid_by uuid,
    paid_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT payout_batches_pkey PRIMARY KEY (county, id),
    CONSTRAINT payout_batches_publicity__not_found FOREIGN KEY (county, publicity_id) REFERENCES publicities (county, id),
    CONSTRAINT payout_batches_state__wrong_state CHECK (state IN ('proposed', 'approved', 'paid', 'withdrawn')),
    CONSTRAINT payout_batches_four_eyes__own_entry CHECK (approved_by IS NULL OR approved_by <> proposed_by)
);
CALL describe('payout_batches', 'Dues paid together (兑付批次), behind two gates: a public notice without open objection, and a second person.', '
county | county code, first key
id | batch id
title | what it is called
state | proposed, approved, paid or withdrawn
total_fen | sum of its items
items_count | number of payees
publicity_id | its public notice
proposed_by | who proposed it
proposed_at | when
approved_by | who approved it, someone else
approved_at | when
paid_by | who entered the bank''s result
paid_at | when its last item had a result
version | ETag
');

-- owner: payouts
CREATE TABLE payout_items (
    county text NOT NULL,
    id uuid NOT NULL,
    batch_id uuid NOT NULL,
    payee_kind text NOT NULL,
    payee_id uuid NOT NULL,
    payee_masked text NOT NULL,
    account_masked text,
    amount_fen bigint NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    evidence text,
    result_on date,
    returned_reason text,
    CONSTRAINT payout_items_pkey PRIMARY KEY (county, id),
    CONSTRAINT payout_items_batch__not_found FOREIGN KEY (county, batch_id) REFERENCES payout_batches (county, id),
    CONSTRAINT payout_items_payee__taken UNIQUE (county, batch_id, payee_kind, payee_id),
    CONSTRAINT payout_items_amount__invalid CHECK (amount_fen > 0),
    CONSTRAINT payout_items_state__wrong_state CHECK (state IN ('proposed', 'approved', 'paid', 'returned', 'withdrawn'))
);
CREATE INDEX payout_items_by_payee ON payout_items (county, payee_kind, payee_id, result_on);
CALL describe('payout_items', 'One payee''s payment in a batch (兑付); the dues it settles name it.', '
county | county code, first key
id | item id
batch_id | batch
payee_kind | household, supplier, shop, freight or platform
payee_id | payee
payee_masked | name as shown in the notice
account_masked | account paid to, masked
amount_fen | sum of the dues it settles
state | proposed, approved, paid, returned or withdrawn
evidence | reference of the bank''s result
result_on | business day the bank''s result says
returned_reason | why the bank returned it
');

GRANT SELECT, INSERT, UPDATE ON dues, payout_batches, payout_items TO shanhuo_app;

-- A sale row with what refunds did to it so far and whether its due is settled, as a refund is decided on it.
CREATE VIEW orders_sold_rows AS
    SELECT a.county, a.order_line_id, a.allocation_id, d.id AS due_id,
           coalesce(d.state NOT IN ('expected', 'payable', 'reversed'), false) AS due_is_settled,
           json_build_object(
               'row', json_build_object('attribution_id', a.id, 'allocation_id', a.allocation_id, 'order_line_id', a.order_line_id,
                   'contribution_id', a.contribution_id, 'supplier_id', a.supplier_id, 'household_id', a.household_id, 'kind', a.kind,
                   'supplier_kind', u.kind, 'area_code', a.area_code, 'quantity_qty', a.quantity_qty, 'gross_fen', a.gross_fen,
                   'due_fen', a.due_fen, 'fee_fen', a.fee_fen, 'freight_fen', a.freight_fen, 'margin_fen', a.margin_fen,
                   'goods_cost_fen', a.goods_cost_fen, 'counted', a.counted, 'reason', a.reason, 'status', a.status, 'mode', a.mode,
                   'agreement_id', a.agreement_id, 'agreement_version', a.agreement_version, 'rule_version', a.rule_version),
               'reversed_qty', -r.quantity_qty, 'reversed_gross_fen', -r.gross_fen, 'reversed_due_fen', -r.due_fen,
               'reversed_fee_fen', -r.fee_fen, 'reversed_freight_fen', -r.freight_fen, 'charged_fen', r.charged_fen,
               'due_is_settled', coalesce(d.state NOT IN ('expected', 'payable', 'reversed'), false)) AS sold
    FROM attributions AS a
    JOIN suppliers AS u ON u.county = a.county AND u.id = a.supplier_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(b.quantity_qty), 0)::bigint AS quantity_qty, coalesce(sum(b.gross_fen), 0)::bigint AS gross_fen,
               coalesce(sum(b.due_fen), 0)::bigint AS due_fen, coalesce(sum(b.fee_fen), 0)::bigint AS fee_fen,
               coalesce(sum(b.freight_fen), 0)::bigint AS freight_fen, coalesce(sum(b.charged_fen), 0)::bigint AS charged_fen
        FROM attributions AS b
        WHERE b.county = a.county AND b.order_line_id = a.order_line_id AND b.reverses_id = a.id
    ) AS r
    LEFT JOIN dues AS d ON d.county = a.county AND d.order_id = a.order_id AND d.attribution_id = a.id AND d.source_kind = 'sale'
    WHERE a.kind = 'sale';
COMMENT ON VIEW orders_sold_rows IS 'Sale rows as a refund is decided on them.';
GRANT SELECT ON orders_sold_rows TO shanhuo_app;

-- An order with its lines as sold and refunded so far, and where its goods came from, as a refund is decided on it.
CREATE VIEW orders_refundable AS
    SELECT o.county, o.id AS order_id, o.buyer_id, o.shop_id,
           json_build_object('order_id', o.id, 'order_county', o.county, 'shop_id', o.shop_id, 'area_code', s.area_code,
               'state', o.state, 'goods_fen', o.goods_fen, 'freight_fen', o.freight_fen, 'refunded_fen', o.refunded_fen,
               'provider', y.provider, 'payment_reference', y.reference, 'lines', l.lines) AS facts
    FROM orders AS o
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    LEFT JOIN payments AS y ON y.buyer_id = o.buyer_id AND y.purchase_id = o.purchase_id AND y.state = 'confirmed'
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_object('order_line_id', l.id, 'product_id', l.product_id, 'grade', l.grade, 'place_id', l.place_id,
                   'packs', l.packs, 'served_packs', l.served_packs, 'refunded_packs', l.refunded_packs,
                   'line_gross_fen', l.line_gross_fen, 'refunded_fen', l.refunded_fen, 'spared_fen', l.spared_fen,
                   'sold', coalesce(x.sold, '[]'), 'dues', coalesce(x.dues, '[]'), 'sources', coalesce(g.sources, '[]'))
                   ORDER BY l.position) AS lines
        FROM order_lines AS l
        CROSS JOIN LATERAL (
            SELECT json_agg(x.sold ORDER BY x.allocation_id) AS sold,
                   json_agg(json_build_object('due_id', x.due_id, 'settled', x.due_is_settled))
                       FILTER (WHERE x.due_id IS NOT NULL) AS dues
            FROM orders_sold_rows AS x
            WHERE x.county = l.county AND x.order_line_id = l.id
        ) AS x
        CROSS JOIN LATERAL (
            SELECT json_agg(json_build_object('allocation_id', a.id, 'lot_id', a.lot_id, 'contribution_id', a.contribution_id,
                       'sellable', t.inspection = 'passed' AND NOT t.expired)) AS sources
            FROM allocations AS a
            JOIN lots AS t ON t.county = a.county AND t.id = a.lot_id
            WHERE a.county = l.county AND a.order_line_id = l.id AND a.quantity_qty > 0
        ) AS g
        WHERE l.county = o.county AND l.order_id = o.id
    ) AS l;
COMMENT ON VIEW orders_refundable IS 'Orders as a refund is decided on them.';
GRANT SELECT ON orders_refundable TO shanhuo_app;

CREATE VIEW payouts_owed_households AS
    SELECT county, payee_id, sum(amount_fen)::bigint AS amount_fen
    FROM dues
    WHERE payee_kind = 'household'
      AND state IN ('payable', 'in_batch')
    GROUP BY county, payee_id;
COMMENT ON VIEW payouts_owed_households IS 'What is payable to each household now; the ledger must owe the same.';
GRANT SELECT ON payouts_owed_households TO shanhuo_app;
