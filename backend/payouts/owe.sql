-- Writes what is owed from now on (plan.dues), and fails whole when a due the decision looked at (plan.dues_seen) was settled meanwhile.
-- Dues of an order become payable when it closes, and are reversed when all of it was given back (plan.states).
WITH seen AS MATERIALIZED (
    SELECT s.county, s.due_id, s.settled
    FROM jsonb_to_recordset(:plan::jsonb -> 'dues_seen') AS s (county text, due_id uuid, settled boolean)
    ORDER BY s.county, s.due_id
), unchanged AS (
    SELECT 1
    FROM seen
    JOIN dues AS d ON d.county = seen.county AND d.id = seen.due_id
    WHERE (d.state NOT IN ('expected', 'payable')) = seen.settled
    FOR SHARE OF d
), turned AS (
    UPDATE dues AS d
    SET state = CASE WHEN t.state = 'closed' THEN 'payable' ELSE 'reversed' END,
        payable_at = CASE WHEN t.state = 'closed' THEN :now::timestamptz END
    FROM jsonb_to_recordset(:plan::jsonb -> 'states') AS t (county text, order_id uuid, state text)
    WHERE t.state IN ('closed', 'refunded')
      AND d.county = t.county
      AND d.order_id = t.order_id
      AND d.state = 'expected'
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
