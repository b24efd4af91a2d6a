-- Lots and contributions give what was allocated (plan.takes); fails whole when one has less or other goods left than the decision saw.
WITH planned AS (
    SELECT r.county, r.lot_id, r.contribution_id, r.left_qty, r.taken_qty
    FROM jsonb_to_recordset(:plan::jsonb -> 'takes') AS r (
        county text, lot_id uuid, contribution_id uuid, left_qty bigint, taken_qty bigint)
), of_lots AS (
    SELECT county, lot_id, sum(taken_qty)::bigint AS taken_qty
    FROM planned
    GROUP BY county, lot_id
    ORDER BY county, lot_id
), sold AS (
    UPDATE lots AS l
    SET sold_qty = l.sold_qty + of_lots.taken_qty
    FROM of_lots
    WHERE l.county = of_lots.county
      AND l.id = of_lots.lot_id
      AND l.inspection = 'passed'
      AND NOT l.expired
      AND l.on_hand_qty >= of_lots.taken_qty
    RETURNING 1
), given AS (
    UPDATE contribution_balances AS b
    SET left_qty = b.left_qty - planned.taken_qty
    FROM planned
    WHERE b.county = planned.county
      AND b.contribution_id = planned.contribution_id
      AND b.left_qty = planned.left_qty
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM sold) <> (SELECT count(*) FROM of_lots)
   OR (SELECT count(*) FROM given) <> (SELECT count(*) FROM planned)
