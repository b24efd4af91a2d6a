-- Ends lots whose day has come, and says what leaves stock with them (plan of products/adjust). Safe to repeat.
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
), noted AS (
    INSERT INTO stock_moves (county, id, lot_id, kind, quantity_qty, reason, made_at)
    SELECT county, gen_random_uuid(), id, 'expiry', on_hand_qty, 'expired', :now::timestamptz
    FROM expired
    WHERE on_hand_qty > 0
)
SELECT count(*) AS lots_count,
       json_build_object('adjustments', coalesce(json_agg(json_build_object(
           'county', county, 'product_id', product_id, 'grade', grade, 'place_id', place_id, 'change_qty', -on_hand_qty))
           FILTER (WHERE inspection = 'passed' AND on_hand_qty > 0), '[]')) AS plan
FROM expired
