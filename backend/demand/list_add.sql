-- A requester proposes a purchase list: places, each with its lines at the price of today. Nothing is reserved.
WITH unit AS MATERIALIZED (
    SELECT m.county, m.unit_id, m.duty
    FROM unit_members AS m
    WHERE m.county = :unit_county
      AND m.unit_id = :unit_id::uuid
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), pledge AS (
    SELECT p.id
    FROM unit
    JOIN pledges AS p
      ON p.county = unit.county
     AND p.unit_id = unit.unit_id
    WHERE p.id = :pledge_id::uuid
      AND p.county = :pledge_county
      AND p.withdrawn_at IS NULL
), part AS MATERIALIZED (
    SELECT p.part::smallint AS part, p.place, p.recipient, p.phone, p.area_code, p.street, p.lines
    FROM ROWS FROM (jsonb_to_recordset(:body::jsonb -> 'parts')
                        AS (place text, recipient text, phone text, area_code text, street text, lines jsonb))
         WITH ORDINALITY AS p (place, recipient, phone, area_code, street, lines, part)
), line AS MATERIALIZED (
    SELECT part.part, l.position::smallint AS position, l.offer_county, l.offer_id, l.packs
    FROM part
    CROSS JOIN ROWS FROM (jsonb_to_recordset(part.lines) AS (offer_county text, offer_id uuid, packs int))
         WITH ORDINALITY AS l (offer_county, offer_id, packs, position)
), priced AS MATERIALIZED (
    SELECT line.part, line.position, line.offer_county, line.offer_id, line.packs, o.price_fen, o.name
    FROM line
    CROSS JOIN LATERAL (
        SELECT o.price_fen, p.name || ' ' || o.name AS name
        FROM offers AS o
        JOIN products AS p
          ON p.county = o.county
         AND p.id = o.product_id
        WHERE o.county = line.offer_county
          AND o.id = line.offer_id
          AND o.listed
          AND p.state = 'approved'
        LIMIT 1
    ) AS o
), unknown_offer AS (
    SELECT line.part, line.position
    FROM line
    WHERE NOT EXISTS (SELECT FROM priced WHERE priced.part = line.part AND priced.position = line.position)
    ORDER BY line.part, line.position
    LIMIT 1
), unknown_area AS (
    SELECT part.part
    FROM part
    WHERE NOT EXISTS (SELECT FROM areas AS a WHERE a.code = part.area_code)
    ORDER BY part.part
    LIMIT 1
), list AS (
    INSERT INTO purchase_lists (county, id, unit_id, pledge_id, year, title, proposed_by, proposed_at)
    SELECT unit.county, :new_id::uuid, unit.unit_id, :pledge_id::uuid, :year::int, :title, :actor_id::uuid, :now::timestamptz
    FROM unit
    WHERE unit.duty = 'requester'
      AND (:pledge_id::uuid IS NULL OR EXISTS (SELECT FROM pledge))
      AND NOT EXISTS (SELECT FROM unknown_offer)
      AND NOT EXISTS (SELECT FROM unknown_area)
    RETURNING county, id, state, version, unit_id
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, unit_id)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'purchase_list', id, state, unit_id
    FROM list
), parted AS (
    INSERT INTO purchase_list_parts (county, list_id, part, place, recipient, phone, area_code, street)
    SELECT list.county, list.id, part.part, part.place, part.recipient, part.phone, part.area_code, part.street
    FROM list
    CROSS JOIN part
), lined AS (
    INSERT INTO purchase_list_lines (county, list_id, part, position, offer_county, offer_id, name, packs, price_fen)
    SELECT list.county, list.id, priced.part, priced.position, priced.offer_county, priced.offer_id, priced.name, priced.packs,
           priced.price_fen
    FROM list
    CROSS JOIN priced
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'list_proposed', county, 'purchase_lists', id, '{}', :request_id
    FROM list
)
SELECT CASE
           WHEN unit.duty <> 'requester' THEN 'forbidden'
           WHEN list.id IS NULL THEN 'invalid'
       END AS problem,
       CASE
           WHEN unit.duty <> 'requester' THEN NULL
           WHEN :pledge_id::uuid IS NOT NULL AND NOT EXISTS (SELECT FROM pledge) THEN '/pledge_id'
           ELSE coalesce((SELECT '/parts/' || part - 1 || '/lines/' || position - 1 || '/offer_id' FROM unknown_offer),
                         (SELECT '/parts/' || part - 1 || '/area_code' FROM unknown_area))
       END AS problem_pointer,
       list.county || '-' || list.id AS list_id,
       list.state,
       (SELECT sum(packs * price_fen)::bigint FROM priced) AS goods_fen,
       list.version
FROM unit
LEFT JOIN list ON true
