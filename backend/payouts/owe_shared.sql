-- Writes the dues of a distribution (plan.dues): expected until its money is in, or payable at once out of what the organisation retained,
-- whose payable dues must still bear it. Without dues, those there are become payable (plan.payable).
WITH plan AS MATERIALIZED (
    SELECT p.county, p.distribution_id, p.retained_by, p.retained_fen, p.payable, p.dues
    FROM jsonb_to_record(:plan::jsonb) AS p (
        county text, distribution_id uuid, retained_by uuid, retained_fen bigint, payable boolean, dues jsonb)
), retained AS MATERIALIZED (
    SELECT d.amount_fen
    FROM dues AS d
    JOIN plan
      ON plan.county = d.county
     AND plan.retained_by = d.payee_id
    WHERE d.payee_kind = 'supplier'
      AND d.state = 'payable'
    ORDER BY d.id
    FOR UPDATE OF d
), turned AS (
    UPDATE dues AS d
    SET state = 'payable',
        payable_at = :now::timestamptz
    FROM plan
    WHERE plan.payable
      AND d.county = plan.county
      AND d.distribution_id = plan.distribution_id
      AND d.state = 'expected'
), owed AS (
    INSERT INTO dues (county, id, payee_kind, payee_id, source_kind, income_kind, distribution_id, amount_fen, state, expected_on, payable_at)
    SELECT plan.county, o.due_id, o.payee_kind, o.payee_id, o.source_kind, o.income_kind, plan.distribution_id, o.amount_fen,
           CASE WHEN plan.payable THEN 'payable' ELSE 'expected' END, :today::date, CASE WHEN plan.payable THEN :now::timestamptz END
    FROM plan
    CROSS JOIN jsonb_to_recordset(plan.dues) AS o (
        due_id uuid, payee_id uuid, payee_kind text, source_kind text, income_kind text, amount_fen bigint)
)
SELECT refuse('plan-stale')
FROM plan
WHERE plan.retained_by IS NOT NULL
  AND (SELECT coalesce(sum(amount_fen), 0) FROM retained) < plan.retained_fen
