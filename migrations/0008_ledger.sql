-- Ledger: double entry, balanced by construction, append-only, sealed.

CREATE TYPE account_kind AS ENUM ('gateway_clearing', 'buyer_escrow', 'freight_escrow', 'household_payable', 'household_paid', 'cooperative', 'supplier_payable',
    'shop', 'shop_receivable', 'freight', 'platform_fee', 'refund', 'subsidy', 'goods_bought', 'county_clearing', 'paid_out');
COMMENT ON TYPE account_kind IS 'Kinds of ledger accounts; include/ledger.h says what each event debits and credits.';

-- owner: ledger
CREATE TABLE transfers (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    reference text NOT NULL,
    posted_at timestamptz NOT NULL,
    business_day date NOT NULL,
    made_by uuid,
    written_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT transfers_pkey PRIMARY KEY (county, id),
    CONSTRAINT transfers_reference__taken UNIQUE (county, kind, reference)
);
CALL describe('transfers', 'One event''s movement in the ledger (转账), unique by what caused it. Append-only.', '
county | county code, first key; a transfer lives within one county
id | transfer id
kind | event
reference | what caused it, so that a retry cannot post twice
posted_at | when
business_day | day in Asia/Shanghai
made_by | who; null: the program
written_by | transaction that wrote it: a seal takes only what no open transaction can still add before; not part of the hash
');
CREATE INDEX transfers_by_writing ON transfers (county, written_by, id);

-- owner: ledger
CREATE TABLE entries (
    county text NOT NULL,
    transfer_id uuid NOT NULL,
    position smallint NOT NULL,
    debit_kind account_kind NOT NULL,
    debit_holder uuid NOT NULL,
    credit_kind account_kind NOT NULL,
    credit_holder uuid NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT entries_pkey PRIMARY KEY (county, transfer_id, position),
    CONSTRAINT entries_transfer__not_found FOREIGN KEY (county, transfer_id) REFERENCES transfers (county, id),
    CONSTRAINT entries_amount__invalid CHECK (amount_fen > 0),
    CONSTRAINT entries_sides__invalid CHECK ((debit_kind, debit_holder) <> (credit_kind, credit_holder))
);
CREATE INDEX entries_by_debit ON entries (county, debit_kind, debit_holder);
CREATE INDEX entries_by_credit ON entries (county, credit_kind, credit_holder);
CALL describe('entries', 'A debit-and-credit pair of a transfer (分录): one positive amount, so it balances by construction. Append-only.', '
county | county code, first key
transfer_id | transfer
position | order inside the transfer
debit_kind | account debited: kind
debit_holder | account debited: whose (household, shop, supplier), all zero for the county''s own
credit_kind | account credited: kind
credit_holder | account credited: whose
amount_fen | fen, positive
');

-- owner: ledger
CREATE TABLE balances (
    county text NOT NULL,
    kind account_kind NOT NULL,
    holder_id uuid NOT NULL,
    balance_fen bigint NOT NULL,
    CONSTRAINT balances_pkey PRIMARY KEY (county, kind, holder_id),
    CONSTRAINT balances_floor__conflict CHECK (balance_fen >= 0)
) WITH (fillfactor = 70);
CALL describe('balances', 'Credit balance of the accounts that must not go negative; every other balance is a sum of entries.', '
county | county code, first key
kind | account kind
holder_id | whose
balance_fen | credits less debits, never below zero
');

-- owner: ledger
CREATE TABLE seals (
    county text NOT NULL,
    number bigint NOT NULL,
    previous_head text NOT NULL,
    head text NOT NULL,
    transfers_count int NOT NULL,
    sealed_at timestamptz NOT NULL,
    CONSTRAINT seals_pkey PRIMARY KEY (county, number)
);
CALL describe('seals', 'A sealed batch of transfers (封存): its head hashes them and the head before. Public. Append-only.', '
county | county code, first key
number | 1, 2, … without gaps
previous_head | head of the seal before, 64 zeros for the first
head | SHA-256 over previous head and canonical transfers, hex
transfers_count | how many it covers
sealed_at | when
');

-- owner: ledger
CREATE TABLE seal_transfers (
    county text NOT NULL,
    transfer_id uuid NOT NULL,
    seal_number bigint NOT NULL,
    position int NOT NULL,
    CONSTRAINT seal_transfers_pkey PRIMARY KEY (county, transfer_id),
    CONSTRAINT seal_transfers_position__taken UNIQUE (county, seal_number, position)
);
CALL describe('seal_transfers', 'Which seal covers a transfer, at which position. Append-only.', '
county | county code, first key
transfer_id | transfer
seal_number | seal
position | position inside the seal, part of the hash
');

GRANT SELECT, INSERT ON transfers, entries, seals, seal_transfers TO shanhuo_app;
GRANT SELECT, INSERT, UPDATE ON balances TO shanhuo_app;
