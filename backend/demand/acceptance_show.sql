-- An order of a unit line by line: what was sent, and what was taken once it is accepted.
WITH placed AS MATERIALIZED (
    SELECT u.county, u.order_id, u.unit_county, u.unit_id, u.list_id, u.part, m.account_id IS NOT NULL AS is_member
    FROM unit_orders AS u
    LEFT JOIN unit_members AS m
           ON m.county = u.unit_county
          AND m.unit_id = u.unit_id
          AND m.account_id = :actor_id::uuid
          AND m.ended_at IS NULL
    WHERE u.county = :order_county
      AND u.order_id = :order_id::uuid
      AND (m.account_id IS NOT NULL OR area_within(u.unit_county, :actor_areas::text[]))
), line AS (
    SELECT json_agg(json_build_object('order_line_id', l.county || '-' || l.id, 'name', l.name,
                                      'sent_packs', coalesce(i.sent_packs, l.packs - l.refunded_packs),
                                      'accepted_packs', i.accepted_packs, 'cause', i.cause) ORDER BY l.position) AS lines
    FROM placed
    JOIN order_lines AS l
      ON l.county = placed.county
     AND l.order_id = placed.order_id
    LEFT JOIN acceptance_lines AS i
           ON i.county = l.county
          AND i.order_id = l.order_id
          AND i.order_line_id = l.id
)
SELECT placed.county || '-' || placed.order_id AS order_id,
       placed.unit_county || '-' || placed.unit_id AS unit_id,
       (SELECT u.name FROM units AS u WHERE u.county = placed.unit_county AND u.id = placed.unit_id) AS unit_name,
       placed.unit_county || '-' || placed.list_id AS list_id,
       (SELECT p.place
        FROM purchase_list_parts AS p
        WHERE p.county = placed.unit_county
          AND p.list_id = placed.list_id
          AND p.part = placed.part) AS place,
       s.name AS shop_name,
       o.state,
       o.shipped_at,
       o.carrier,
       o.waybill,
       line.lines,
       (SELECT c.display_name FROM accounts AS c WHERE c.id = t.accepted_by) AS accepted_by,
       t.accepted_at,
       t.words,
       to_json(CASE WHEN placed.is_member AND o.state = 'shipped' THEN ARRAY ['accept'] ELSE ARRAY []::text[] END) AS may
FROM placed
CROSS JOIN line
JOIN orders AS o
  ON o.county = placed.county
 AND o.id = placed.order_id
JOIN shops AS s
  ON s.county = o.county
 AND s.id = o.shop_id
LEFT JOIN acceptances AS t
       ON t.county = placed.county
      AND t.order_id = placed.order_id
