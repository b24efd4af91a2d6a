-- Takes lots whose day has come out of stock; run by the clock, one county's lots at a time, safe to repeat.
WITH due AS (
    SELECT l.county, l.id
    FROM lots AS l
    WHERE NOT l.expired
      AND l.expires_on <= :today::date
    ORDER BY l.county, l.id
    LIMIT 200
    FOR UPDATE SKIP LOCKED
), expired AS (
    UPDATE lots AS l
    SET expired = true,
        version = l.version + 1
    FROM due
    WHERE l.county = due.county
      AND l.id = due.id
    RETURNING l.county, l.id, l.product_id, l.grade, l.place_id, l.on_hand_qty, l.inspection
), taken AS (
    SELECT county, product_id, grade, place_id, sum(on_hand_qty)::bigint AS taken_qty
    FROM expired
    WHERE inspection = 'passed'
    GROUP BY county, product_id, grade, place_id
), stocked AS (
    UPDATE stocks AS s
    SET on_hand_qty = s.on_hand_qty - taken.taken_qty,
        short_qty = greatest(0, s.reserved_qty - (s.on_hand_qty - taken.taken_qty))
    FROM taken
    WHERE s.county = taken.county
      AND s.product_id = taken.product_id
      AND s.grade = taken.grade
      AND s.place_id = taken.place_id
), noted AS (
    INSERT INTO stock_moves (county, id, lot_id, kind, quantity_qty, reason, made_at)
    SELECT county, gen_random_uuid(), id, 'expiry', on_hand_qty, 'expired', :now::timestamptz
    FROM expired
    WHERE on_hand_qty > 0
)
SELECT count(*) AS lots_count
FROM expired
