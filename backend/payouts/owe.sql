-- Writes what is owed from now on (plan.dues), and fails whole when a due the decision looked at (plan.dues_seen) was settled meanwhile.
WITH seen AS MATERIALIZED (
    SELECT s.county, s.due_id, s.settled
    FROM jsonb_to_recordset(:plan::jsonb -> 'dues_seen') AS s (county text, due_id uuid, settled boolean)
    ORDER BY s.county, s.due_id
), unchanged AS (
    UPDATE dues AS d
    SET state = d.state
    FROM seen
    WHERE d.county = seen.county
      AND d.id = seen.due_id
      AND (d.state NOT IN ('expected', 'payable')) = seen.settled
    RETURNING 1
), owed AS (
    INSERT INTO dues (county, id, payee_kind, payee_id, source_kind, order_id, attribution_id, amount_fen, state, expected_on, payable_at)
    SELECT o.county, o.due_id, o.payee_kind, o.payee_id, o.source_kind, o.order_id, o.attribution_id, o.amount_fen, o.state,
           :today::date, CASE WHEN o.state = 'payable' THEN :now::timestamptz END
    FROM jsonb_to_recordset(:plan::jsonb -> 'dues') AS o (
        county text, due_id uuid, payee_kind text, payee_id uuid, source_kind text, order_id uuid, attribution_id uuid,
        amount_fen bigint, state text)
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM unchanged) <> (SELECT count(*) FROM seen)
