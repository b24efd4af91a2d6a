-- The books: what else seals cover, the heads the county keeps.

-- ---- Seals cover every record that proves something, not transfers alone ----

ALTER TABLE attributions ADD COLUMN written_by xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE contributions ADD COLUMN written_by xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE audit_events ADD COLUMN written_by xid8 NOT NULL DEFAULT pg_current_xact_id();
COMMENT ON COLUMN attributions.written_by IS 'transaction that wrote it: a seal takes only what no open transaction can still add before';
COMMENT ON COLUMN contributions.written_by IS 'transaction that wrote it: a seal takes only what no open transaction can still add before';
COMMENT ON COLUMN audit_events.written_by IS 'transaction that wrote it: a seal takes only what no open transaction can still add before';
CREATE INDEX attributions_by_writing ON attributions (county, written_by, id);
CREATE INDEX contributions_by_writing ON contributions (county, written_by, id);
-- What concerns no single county is sealed in a chain of its own, 000000.
CREATE INDEX audit_events_by_writing ON audit_events ((CASE WHEN length(county) = 6 THEN county ELSE '000000' END), written_by, id);

CREATE VIEW attribution_records AS
    SELECT county, id, written_by,
           record_send(ROW(county, id, kind, order_id, order_line_id, allocation_id, contribution_id, supplier_id, household_id, shop_id, product_id,
               area_code, quantity_qty, gross_fen, due_fen, fee_fen, freight_fen, margin_fen, goods_cost_fen, charged_fen, counted, reason,
               status, mode, agreement_id, agreement_version, rule_version, reverses_id, business_day, posted_at)) AS canonical
    FROM attributions;
COMMENT ON VIEW attribution_records IS 'Attributions as seals cover them.';
CREATE VIEW intake_records AS
    SELECT county, id, written_by,
           record_send(ROW(county, id, lot_id, supplier_id, household_id, position, quantity_qty, mode, price_rule, farm_gate_price_fen, price_qty,
               share_ppm, agreement_id, agreement_version, evidence, delivered_on)) AS canonical
    FROM contributions;
COMMENT ON VIEW intake_records IS 'Contributions as seals cover them.';
CREATE VIEW accounts_records AS
    SELECT CASE WHEN length(county) = 6 THEN county ELSE '000000' END AS county, id, written_by,
           record_send(ROW(county, id, at, actor_id, event, subject_kind, subject_id, reason, detail, request_id)) AS canonical
    FROM audit_events;
COMMENT ON VIEW accounts_records IS 'Audit events as seals cover them; those of no single county under 000000.';
GRANT SELECT ON attribution_records, intake_records, accounts_records TO shanhuo_app;

CREATE VIEW ledger_records AS
    SELECT 'attributions' AS kind, county, id, written_by, canonical FROM attribution_records
    UNION ALL
    SELECT 'audit_events', county, id, written_by, canonical FROM accounts_records
    UNION ALL
    SELECT 'contributions', county, id, written_by, canonical FROM intake_records;
COMMENT ON VIEW ledger_records IS 'All records that seals cover beside transfers.';
GRANT SELECT ON ledger_records TO shanhuo_app;

-- owner: ledger
CREATE TABLE seal_records (
    county text NOT NULL,
    seal_number bigint NOT NULL,
    kind text NOT NULL,
    records_count int NOT NULL,
    record_ids uuid[] NOT NULL,
    digests bytea NOT NULL,
    written_to xid8 NOT NULL,
    record_to uuid NOT NULL,
    CONSTRAINT seal_records_pkey PRIMARY KEY (county, seal_number, kind),
    CONSTRAINT seal_records_kind__invalid CHECK (kind IN ('attributions', 'audit_events', 'contributions')),
    CONSTRAINT seal_records_count__invalid CHECK (records_count > 0)
);
CREATE INDEX seal_records_by_kind ON seal_records (county, kind, seal_number);
ALTER TABLE seal_records ALTER COLUMN record_ids SET STORAGE EXTERNAL, ALTER COLUMN digests SET STORAGE EXTERNAL;
CALL describe('seal_records', 'The records of one kind that a seal covers beside its transfers: all that were written after those of the seal before, up to a last one. Append-only.', '
county | county code, first key; 000000 for what concerns no single county
seal_number | seal
kind | table of the records
records_count | how many
record_ids | the records, in writing order
digests | SHA-256 of each, in the same order; the SHA-256 over all of them is part of the seal''s head
written_to | transaction that wrote the last one
record_to | the last one
');

ALTER TABLE seal_transfers ADD COLUMN link bytea;
COMMENT ON COLUMN seal_transfers.link IS 'the chain''s hash after this transfer, to name one that was changed; null: sealed before these were kept';
ALTER TABLE seals ADD COLUMN records_count int NOT NULL DEFAULT 0;
COMMENT ON COLUMN seals.records_count IS 'how many records it covers beside them';

-- owner: ledger
CREATE TABLE day_heads (
    county text NOT NULL,
    day date NOT NULL,
    seal_number bigint NOT NULL,
    head text NOT NULL,
    taken_at timestamptz NOT NULL,
    public_key text NOT NULL,
    signature text NOT NULL,
    CONSTRAINT day_heads_pkey PRIMARY KEY (county, day)
);
CALL describe('day_heads', 'The newest head of a county''s seals as it stood on a day, signed: what the county keeps outside this database. Public. Append-only.', '
county | county code, first key; 000000 for what concerns no single county
day | business day in Asia/Shanghai
seal_number | newest seal when it was taken
head | its head, hex
taken_at | when
public_key | Ed25519 key it is signed with, hex
signature | over the line of the county''s file up to here, hex
');
GRANT SELECT, INSERT ON seal_records, day_heads TO shanhuo_app;

CREATE VIEW intake_lot_sums AS
    SELECT l.county, l.id AS lot_id, l.taken_in_qty, coalesce(sum(c.quantity_qty), 0)::bigint AS contributed_qty
    FROM lots AS l
    LEFT JOIN contributions AS c
           ON c.county = l.county
          AND c.lot_id = l.id
    GROUP BY l.county, l.id;
COMMENT ON VIEW intake_lot_sums IS 'What lots took in beside the sum of their contributions, which must be the same.';
GRANT SELECT ON intake_lot_sums TO shanhuo_app;
