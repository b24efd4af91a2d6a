-- Writes an inspection's result; what is rejected is withdrawn whole. Fails when the lot has changed since it was looked at.
WITH inspected AS (
    UPDATE lots AS l
    SET inspection = :result,
        inspected_by = :actor_id::uuid,
        inspected_at = :now::timestamptz,
        inspection_note = :note,
        withdrawn_qty = l.withdrawn_qty + CASE WHEN :result = 'rejected' THEN l.on_hand_qty ELSE 0 END,
        version = l.version + 1
    WHERE l.county = :lot_county
      AND l.id = :lot_id::uuid
      AND l.inspection = 'waiting'
      AND l.version = (:plan::jsonb ->> 'lot_version')::int
    RETURNING l.county, l.id, l.inspection, l.shop_id
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'lot', id, inspection, shop_id
    FROM inspected
), emptied AS (
    UPDATE contribution_balances AS b
    SET left_qty = 0
    FROM inspected
    WHERE b.county = inspected.county
      AND b.lot_id = inspected.id
      AND inspected.inspection = 'rejected'
), noted AS (
    INSERT INTO stock_moves (county, id, lot_id, kind, quantity_qty, reason, made_by, made_at)
    SELECT county, :new_id::uuid, id, CASE WHEN inspection = 'passed' THEN 'passed' ELSE 'withdrawal' END,
           (:plan::jsonb ->> 'on_hand_qty')::bigint, coalesce(:note, ''), :actor_id::uuid, :now::timestamptz
    FROM inspected
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT 1 FROM inspected)
