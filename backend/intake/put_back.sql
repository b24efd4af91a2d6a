-- Goods taken back in return to the lots and contributions they came from (plan.puts), each with its stock move.
WITH planned AS (
    SELECT r.county, r.move_id, r.lot_id, r.contribution_id, r.quantity_qty, r.sellable
    FROM jsonb_to_recordset(:plan::jsonb -> 'puts') AS r (
        county text, move_id uuid, lot_id uuid, contribution_id uuid, quantity_qty bigint, sellable boolean)
), of_lots AS (
    SELECT county, lot_id, sum(quantity_qty)::bigint AS quantity_qty, bool_and(sellable) AS sellable
    FROM planned
    GROUP BY county, lot_id
    ORDER BY county, lot_id
), put AS (
    UPDATE lots AS l
    SET sold_qty = l.sold_qty - of_lots.quantity_qty
    FROM of_lots
    WHERE l.county = of_lots.county
      AND l.id = of_lots.lot_id
      AND (l.inspection = 'passed' AND NOT l.expired) = of_lots.sellable
    RETURNING 1
), given_back AS (
    UPDATE contribution_balances AS b
    SET left_qty = b.left_qty + planned.quantity_qty
    FROM planned
    WHERE b.county = planned.county
      AND b.contribution_id = planned.contribution_id
    RETURNING 1
), noted AS (
    INSERT INTO stock_moves (county, id, lot_id, kind, quantity_qty, reason, made_by, made_at)
    SELECT county, move_id, lot_id, 'put_back', quantity_qty, 'return', :actor_id::uuid, :now::timestamptz
    FROM planned
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM put) <> (SELECT count(*) FROM of_lots)
   OR (SELECT count(*) FROM given_back) <> (SELECT count(*) FROM planned)
