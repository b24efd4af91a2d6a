-- Paid goods leave the stock (plan.sales): the whole reservation ends, what was served goes.
WITH planned AS (
    SELECT r.county, r.product_id, r.grade, r.place_id, r.reserved_qty, r.sold_qty
    FROM jsonb_to_recordset(:plan::jsonb -> 'sales') AS r (
        county text, product_id uuid, grade text, place_id uuid, reserved_qty bigint, sold_qty bigint)
    ORDER BY r.county, r.product_id, r.grade, r.place_id
), sold AS (
    UPDATE stocks AS s
    SET on_hand_qty = s.on_hand_qty - planned.sold_qty,
        reserved_qty = s.reserved_qty - planned.reserved_qty,
        short_qty = greatest(0, s.reserved_qty - planned.reserved_qty - (s.on_hand_qty - planned.sold_qty))
    FROM planned
    WHERE s.county = planned.county
      AND s.product_id = planned.product_id
      AND s.grade = planned.grade
      AND s.place_id = planned.place_id
      AND s.on_hand_qty >= planned.sold_qty
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM sold) <> (SELECT count(*) FROM planned)
