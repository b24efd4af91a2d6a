-- Goods enter stock or leave it with their lots (plan.adjustments). Reservations never stop them: what is promised beyond the goods is short.
WITH planned AS (
    SELECT a.county, a.product_id, a.grade, a.place_id, sum(a.change_qty)::bigint AS change_qty
    FROM jsonb_to_recordset(:plan::jsonb -> 'adjustments') AS a (
        county text, product_id uuid, grade text, place_id uuid, change_qty bigint)
    GROUP BY a.county, a.product_id, a.grade, a.place_id
), adjusted AS (
    UPDATE stocks AS s
    SET on_hand_qty = s.on_hand_qty + planned.change_qty,
        short_qty = greatest(0, s.reserved_qty - (s.on_hand_qty + planned.change_qty))
    FROM planned
    WHERE s.county = planned.county
      AND s.product_id = planned.product_id
      AND s.grade = planned.grade
      AND s.place_id = planned.place_id
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM adjusted) <> (SELECT count(*) FROM planned)
