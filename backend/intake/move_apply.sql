-- Writes a stocktake, loss or withdrawal on the lot and its contributions, or fails whole when the lot has changed.
WITH plan AS (
    SELECT :plan::jsonb AS plan
), moved AS (
    UPDATE lots AS l
    SET lost_qty = l.lost_qty + (plan ->> 'lost_qty')::bigint,
        withdrawn_qty = l.withdrawn_qty + (plan ->> 'withdrawn_qty')::bigint,
        version = l.version + 1
    FROM plan
    WHERE l.county = :lot_county
      AND l.id = :lot_id::uuid
      AND l.version = (plan ->> 'version')::int
      AND l.on_hand_qty = (plan ->> 'on_hand_qty')::bigint
    RETURNING l.county, l.id
), balanced AS (
    UPDATE contribution_balances AS b
    SET left_qty = b.left_qty - c.taken_qty
    FROM moved
    CROSS JOIN jsonb_to_recordset((SELECT plan -> 'balances' FROM plan)) AS c (contribution_id uuid, left_qty bigint, taken_qty bigint)
    WHERE b.county = moved.county
      AND b.contribution_id = c.contribution_id
      AND b.left_qty = c.left_qty
    RETURNING 1
), noted AS (
    INSERT INTO stock_moves (county, id, lot_id, kind, quantity_qty, reason, made_by, made_at)
    SELECT moved.county, :new_id::uuid, moved.id, plan ->> 'kind', abs((plan ->> 'taken_qty')::bigint), :reason, :actor_id::uuid, :now::timestamptz
    FROM moved
    CROSS JOIN plan
    WHERE (plan ->> 'taken_qty')::bigint <> 0
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT 1 FROM moved)
   OR (SELECT count(*) FROM balanced) <> (SELECT jsonb_array_length(plan -> 'balances') FROM plan)
