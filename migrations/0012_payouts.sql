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
