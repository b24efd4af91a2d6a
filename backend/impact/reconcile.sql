-- Writes down what each county's three sums are, and opens a finding where they differ; one that is open stays the only one.
WITH found AS MATERIALIZED (
    SELECT county, attribution_fen, line_gross_fen, ledger_fen
    FROM impact_reconciliation
), written AS (
    INSERT INTO reconciliations AS r (county, attribution_fen, line_gross_fen, ledger_fen, reconciled_at)
    SELECT county, attribution_fen, line_gross_fen, ledger_fen, :now::timestamptz
    FROM found
    ON CONFLICT (county) DO UPDATE
    SET attribution_fen = excluded.attribution_fen,
        line_gross_fen = excluded.line_gross_fen,
        ledger_fen = excluded.ledger_fen,
        reconciled_at = excluded.reconciled_at
), opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, opened_at)
    SELECT r.county, gen_random_uuid(), 'not_reconciled', 'not_reconciled', r.county, 'areas', '00000000-0000-0000-0000-000000000000',
           jsonb_build_object('attribution_fen', r.attribution_fen, 'line_gross_fen', r.line_gross_fen, 'ledger_fen', r.ledger_fen),
           :now::timestamptz
    FROM found AS r
    WHERE r.attribution_fen <> r.line_gross_fen
       OR r.line_gross_fen <> r.ledger_fen
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id
)
INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
FROM opened
