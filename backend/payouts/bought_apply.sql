-- Writes the dues of one bought lot (plan.dues), payable at once, and what its shop owes for them.
INSERT INTO dues (county, id, payee_kind, payee_id, source_kind, lot_id, amount_fen, state, expected_on, payable_at)
SELECT d.county, d.due_id, d.payee_kind, d.payee_id, 'bought', d.lot_id, d.amount_fen, 'payable', :today::date, :now::timestamptz
FROM jsonb_to_recordset(:plan::jsonb -> 'dues') AS d (
    county text, due_id uuid, payee_kind text, payee_id uuid, lot_id uuid, amount_fen bigint)
