-- The inspector passes or rejects a waiting lot, never one he took in himself; what passes enters stock, what is rejected is withdrawn.
WITH lot AS (
    SELECT l.county, l.id, l.inspection, l.taken_in_by, l.product_id, l.grade, l.place_id, l.on_hand_qty
    FROM lots AS l
    WHERE l.county = :lot_county
      AND l.id = :lot_id::uuid
      AND area_within(l.county, :actor_areas::text[])
    FOR UPDATE
), inspected AS (
    UPDATE lots AS l
    SET inspection = :result,
        inspected_by = :actor_id::uuid,
        inspected_at = :now::timestamptz,
        inspection_note = :note,
        withdrawn_qty = l.withdrawn_qty + CASE WHEN :result = 'rejected' THEN l.on_hand_qty ELSE 0 END,
        version = l.version + 1
    FROM lot
    WHERE l.county = lot.county
      AND l.id = lot.id
      AND lot.inspection = 'waiting'
      AND lot.taken_in_by IS DISTINCT FROM :actor_id::uuid
    RETURNING l.county, l.id, l.inspection, l.version
), stocked AS (
    INSERT INTO stocks AS s (county, product_id, grade, place_id, on_hand_qty)
    SELECT lot.county, lot.product_id, lot.grade, lot.place_id, lot.on_hand_qty
    FROM lot
    JOIN inspected
      ON inspected.county = lot.county
     AND inspected.id = lot.id
    WHERE inspected.inspection = 'passed'
    ON CONFLICT (county, product_id, grade, place_id) DO UPDATE
    SET on_hand_qty = s.on_hand_qty + excluded.on_hand_qty,
        short_qty = greatest(0, s.reserved_qty - (s.on_hand_qty + excluded.on_hand_qty))
), emptied AS (
    UPDATE contribution_balances AS b
    SET left_qty = 0
    FROM inspected
    WHERE b.county = inspected.county
      AND b.lot_id = inspected.id
      AND inspected.inspection = 'rejected'
), noted AS (
    INSERT INTO stock_moves (county, id, lot_id, kind, quantity_qty, reason, made_by, made_at)
    SELECT lot.county, :new_id::uuid, lot.id,
           CASE WHEN inspected.inspection = 'passed' THEN 'passed' ELSE 'withdrawal' END,
           lot.on_hand_qty, coalesce(:note, ''), :actor_id::uuid, :now::timestamptz
    FROM lot
    JOIN inspected
      ON inspected.county = lot.county
     AND inspected.id = lot.id
)
SELECT CASE
           WHEN lot.taken_in_by = :actor_id::uuid THEN 'own-entry'
           WHEN inspected.id IS NULL THEN 'wrong-state'
       END AS problem,
       lot.county || '-' || lot.id AS lot_id,
       inspected.inspection,
       inspected.version
FROM lot
LEFT JOIN inspected
       ON inspected.county = lot.county
      AND inspected.id = lot.id
