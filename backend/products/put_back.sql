-- Goods taken back in stand for sale again (plan.puts), where their lot may still be sold.
WITH planned AS (
    SELECT r.county, r.product_id, r.grade, r.place_id, sum(r.quantity_qty)::bigint AS quantity_qty
    FROM jsonb_to_recordset(:plan::jsonb -> 'puts') AS r (
        county text, product_id uuid, grade text, place_id uuid, quantity_qty bigint, sellable boolean)
    WHERE r.sellable
    GROUP BY r.county, r.product_id, r.grade, r.place_id
    ORDER BY r.county, r.product_id, r.grade, r.place_id
), put AS (
    UPDATE stocks AS s
    SET on_hand_qty = s.on_hand_qty + planned.quantity_qty,
        short_qty = greatest(0, s.reserved_qty - (s.on_hand_qty + planned.quantity_qty))
    FROM planned
    WHERE s.county = planned.county
      AND s.product_id = planned.product_id
      AND s.grade = planned.grade
      AND s.place_id = planned.place_id
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM put) <> (SELECT count(*) FROM planned)
