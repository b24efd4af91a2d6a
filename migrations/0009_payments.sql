-- Payments: what providers told us, what we told them.

-- owner: payments
CREATE TABLE payments (
    provider text NOT NULL,
    reference text NOT NULL,
    buyer_id uuid NOT NULL,
    purchase_id uuid NOT NULL,
    amount_fen bigint NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    CONSTRAINT payments_pkey PRIMARY KEY (provider, reference),
    CONSTRAINT payments_amount__invalid CHECK (amount_fen > 0),
    CONSTRAINT payments_state__invalid CHECK (state IN ('waiting', 'confirmed', 'failed'))
);
CREATE INDEX payments_by_purchase ON payments (buyer_id, purchase_id);
CALL describe('payments', 'A payment asked of a provider for a purchase.', '
provider | payment provider
reference | our number at the provider (out_trade_no)
buyer_id | buyer
purchase_id | purchase
amount_fen | what is asked
state | waiting, confirmed or failed
created_at | when it was asked
confirmed_at | when the provider confirmed
');

-- owner: payments
CREATE TABLE provider_transactions (
    provider text NOT NULL,
    transaction_id text NOT NULL,
    reference text NOT NULL,
    kind text NOT NULL,
    amount_fen bigint NOT NULL,
    result text NOT NULL,
    happened_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT provider_transactions_pkey PRIMARY KEY (provider, transaction_id),
    CONSTRAINT provider_transactions_kind__invalid CHECK (kind IN ('payment', 'refund')),
    CONSTRAINT provider_transactions_result__invalid CHECK (result IN ('applied', 'refunded_late', 'refunded_twice', 'mismatch', 'payment_failed', 'refund_done', 'refund_failed'))
);
CREATE INDEX provider_transactions_by_reference ON provider_transactions (provider, reference);
CALL describe('provider_transactions', 'Each transaction id a provider reported, once, and what we made of it. Append-only.', '
provider | payment provider
transaction_id | the provider''s id, unique
reference | our number
kind | payment or refund
amount_fen | amount as reported
result | applied, refunded because late or paid twice, mismatch, failed, or the end of a refund
happened_at | when it happened at the provider
received_at | when we heard
');

-- owner: payments
CREATE TABLE refunds (
    provider text NOT NULL,
    reference text NOT NULL,
    payment_reference text NOT NULL,
    county text,
    order_id uuid,
    amount_fen bigint NOT NULL,
    cause text NOT NULL,
    state text NOT NULL DEFAULT 'instructed',
    instructed_at timestamptz NOT NULL,
    done_at timestamptz,
    CONSTRAINT refunds_pkey PRIMARY KEY (provider, reference),
    CONSTRAINT refunds_amount__invalid CHECK (amount_fen > 0),
    CONSTRAINT refunds_cause__invalid CHECK (cause IN ('late', 'paid_twice', 'mismatch', 'not_served', 'cancelled', 'transport', 'shop', 'quality')),
    CONSTRAINT refunds_state__invalid CHECK (state IN ('instructed', 'done', 'failed'))
);
CREATE INDEX refunds_by_payment ON refunds (provider, payment_reference);
CALL describe('refunds', 'A refund instructed to a provider.', '
provider | payment provider
reference | our number of the refund
payment_reference | payment it gives back from
county | county of the order, if it concerns one
order_id | the order
amount_fen | fen
cause | why
state | instructed, done or failed
instructed_at | when
done_at | when the provider said so
');

-- owner: payments
CREATE TABLE outbox (
    id uuid NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    due_at timestamptz NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    last_error text,
    done_at timestamptz,
    CONSTRAINT outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CALL describe('outbox', 'Calls to the outside, written in the transaction that needs them, worked by jobs. Local table.', '
id | row id
kind | which call
payload | what it needs
due_at | not before
attempts | tries so far
last_error | what went wrong last
done_at | when it went through
');

GRANT SELECT, INSERT, UPDATE ON payments, refunds, outbox TO shanhuo_app;
GRANT SELECT, INSERT ON provider_transactions TO shanhuo_app;
GRANT DELETE ON outbox TO shanhuo_app;
