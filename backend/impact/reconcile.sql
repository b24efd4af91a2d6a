-- Opens a finding for each county whose attributions, lines and ledger are not the same; one that is open stays the only one.
INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, opened_at)
SELECT r.county, gen_random_uuid(), 'not_reconciled', 'not_reconciled', r.county, 'areas', '00000000-0000-0000-0000-000000000000',
       jsonb_build_object('attribution_fen', r.attribution_fen, 'line_gross_fen', r.line_gross_fen, 'ledger_fen', r.ledger_fen),
       :now::timestamptz
FROM impact_reconciliation AS r
WHERE r.attribution_fen <> r.line_gross_fen
   OR r.line_gross_fen <> r.ledger_fen
ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
