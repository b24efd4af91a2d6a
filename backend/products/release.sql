-- Gives back what was reserved (plan.reservations) for purchases that were cancelled or not paid in time.
WITH planned AS (
    SELECT r.county, r.product_id, r.grade, r.place_id, r.quantity_qty
    FROM jsonb_to_recordset(:plan::jsonb -> 'reservations') AS r (
        county text, product_id uuid, grade text, place_id uuid, quantity_qty bigint)
    ORDER BY r.county, r.product_id, r.grade, r.place_id
), released AS (
    UPDATE stocks AS s
    SET reserved_qty = s.reserved_qty - planned.quantity_qty,
        short_qty = greatest(0, s.reserved_qty - planned.quantity_qty - s.on_hand_qty)
    FROM planned
    WHERE s.county = planned.county
      AND s.product_id = planned.product_id
      AND s.grade = planned.grade
      AND s.place_id = planned.place_id
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM released) <> (SELECT count(*) FROM planned)
