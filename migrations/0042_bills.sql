-- The payment provider's bills, and what of them our books do not say.

-- owner: bills
CREATE TABLE bills (
    county text NOT NULL,
    id uuid NOT NULL,
    provider text NOT NULL,
    day date NOT NULL,
    edition int NOT NULL,
    digest text NOT NULL,
    lines_count int NOT NULL,
    matched_count int NOT NULL,
    different_count int NOT NULL,
    missing_here_count int NOT NULL,
    missing_there_count int NOT NULL,
    elsewhere_count int NOT NULL,
    paid_fen bigint NOT NULL,
    refunded_fen bigint NOT NULL,
    our_paid_fen bigint NOT NULL,
    our_refunded_fen bigint NOT NULL,
    taken_by uuid NOT NULL,
    taken_at timestamptz NOT NULL,
    CONSTRAINT bills_pkey PRIMARY KEY (county, id),
    CONSTRAINT bills_edition__conflict UNIQUE (county, provider, day, edition),
    CONSTRAINT bills_digest__taken UNIQUE (county, provider, day, digest)
);
CALL describe('bills', 'A payment provider''s bill of a day (对账单), held against what it had told us. Append-only; a corrected bill is the next edition.', '
county | county code, first key
id | bill id
provider | payment provider
day | business day it covers, Asia/Shanghai
edition | 1, 2, … of the same day
digest | SHA-256 of its lines, hex: the same bill is not taken twice
lines_count | lines of the file
matched_count | of them, those our books say the same of
different_count | those our books say otherwise
missing_here_count | those our books do not know
missing_there_count | of our transactions of the day, those the bill does not name
elsewhere_count | lines that are of other counties'' orders only
paid_fen | payments of the bill that are not of other counties
refunded_fen | refunds of it
our_paid_fen | our payments of the day
our_refunded_fen | our refunds of it
taken_by | who handed it in
taken_at | when
');

-- owner: bills
CREATE TABLE bill_lines (
    county text NOT NULL,
    id uuid NOT NULL,
    bill_id uuid NOT NULL,
    position int NOT NULL,
    transaction_id text NOT NULL,
    reference text NOT NULL,
    kind text NOT NULL,
    amount_fen bigint,
    our_kind text,
    our_reference text,
    our_amount_fen bigint,
    state text NOT NULL,
    differences text[] NOT NULL DEFAULT '{}',
    order_id uuid,
    finding_id uuid,
    CONSTRAINT bill_lines_pkey PRIMARY KEY (county, id),
    CONSTRAINT bill_lines_position__conflict UNIQUE (county, bill_id, position),
    CONSTRAINT bill_lines_bill__not_found FOREIGN KEY (county, bill_id) REFERENCES bills (county, id),
    CONSTRAINT bill_lines_kind__invalid CHECK (kind IN ('payment', 'refund')),
    CONSTRAINT bill_lines_state__invalid CHECK (state IN ('matched', 'different', 'missing_here', 'missing_there')),
    CONSTRAINT bill_lines_finding__invalid CHECK ((state = 'matched') = (finding_id IS NULL))
);
CREATE INDEX bill_lines_by_transaction ON bill_lines (county, transaction_id);
CALL describe('bill_lines', 'A line of a bill beside what our books say of it, or what the bill should have named. Each but the matched has its finding. Append-only.', '
county | county code, first key
id | line id
bill_id | bill
position | line of the file; after its last, what it does not name
transaction_id | the provider''s id
reference | our number, as the bill says it
kind | payment or refund
amount_fen | as the bill says it; null: the bill does not name it
our_kind | as our books say it
our_reference | our number, as our books say it
our_amount_fen | as our books say it; null: our books do not know it
state | matched, different, missing_here or missing_there
differences | kind, reference, amount, failed_here, repeated
order_id | an order of the county it is about, if known
finding_id | the finding it opened, or that stood open for the same thing
');
CREATE INDEX provider_transactions_by_day ON provider_transactions (provider, happened_at);
GRANT SELECT, INSERT ON bills, bill_lines TO shanhuo_app;
