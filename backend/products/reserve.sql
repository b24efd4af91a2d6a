-- Reserves what a checkout planned (plan.reservations); fails whole when one of them is no longer there, so that it is decided again.
WITH planned AS (
    SELECT r.county, r.product_id, r.grade, r.place_id, r.quantity_qty
    FROM jsonb_to_recordset(:plan::jsonb -> 'reservations') AS r (
        county text, product_id uuid, grade text, place_id uuid, quantity_qty bigint)
    ORDER BY r.county, r.product_id, r.grade, r.place_id
), reserved AS (
    UPDATE stocks AS s
    SET reserved_qty = s.reserved_qty + planned.quantity_qty
    FROM planned
    WHERE s.county = planned.county
      AND s.product_id = planned.product_id
      AND s.grade = planned.grade
      AND s.place_id = planned.place_id
      AND s.reserved_qty + planned.quantity_qty <= s.on_hand_qty
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM reserved) <> (SELECT count(*) FROM planned)
