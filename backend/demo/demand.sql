-- A school and a hospital that buy: the newest purchases of buyer1 become signed lists of the school, beside lists in every other state, a
-- budget a year, pledges that are being kept, not begun and taken back. Ids are those of purchases, so that newest stays first.
WITH person AS MATERIALIZED (
    SELECT c.id, c.login
    FROM accounts AS c
    WHERE c.login IN ('buyer1', 'buyer2', 'county1', 'county2')
), who AS MATERIALIZED (
    SELECT (SELECT id FROM person WHERE login = 'buyer1') AS requester_id,
           (SELECT id FROM person WHERE login = 'buyer2') AS approver_id,
           (SELECT id FROM person WHERE login = 'county1') AS officer_id,
           (SELECT id FROM person WHERE login = 'county2') AS second_officer_id
), newest AS MATERIALIZED (
    SELECT p.buyer_id, p.id, p.state, p.total_fen, p.counties, p.created_at,
           extract(year FROM p.created_at AT TIME ZONE 'Asia/Shanghai')::int AS year,
           row_number() OVER (ORDER BY p.id DESC) AS nth
    FROM who
    JOIN purchases AS p
      ON p.buyer_id = who.requester_id
    ORDER BY p.id DESC
    LIMIT 12
), unit AS (
    INSERT INTO units (county, id, kind, name, area_code, credit_code, invoice_title, added_by, added_at)
    SELECT '621221', md5(u.name)::uuid, u.kind, u.name, u.area_code, u.credit_code, u.name, who.officer_id,
           (SELECT min(created_at) FROM newest) - interval '30 days'
    FROM who
    CROSS JOIN (VALUES ('school', '陇上演示中学', '621202', '12621202DEMO000018'),
                       ('hospital', '陇上演示医院', '621224', '12621224DEMO000027')) AS u (kind, name, area_code, credit_code)
    RETURNING county, id, kind, added_at
), school AS MATERIALIZED (
    SELECT county, id AS unit_id, added_at
    FROM unit
    WHERE kind = 'school'
), member AS (
    INSERT INTO unit_members (county, unit_id, account_id, duty, added_by, added_at)
    SELECT school.county, school.unit_id, m.account_id, m.duty, who.officer_id, school.added_at
    FROM school
    CROSS JOIN who
    CROSS JOIN LATERAL (VALUES (who.requester_id, 'requester'), (who.approver_id, 'approver')) AS m (account_id, duty)
), budget AS (
    INSERT INTO unit_budgets (county, unit_id, year, amount_fen, set_by, set_at)
    SELECT school.county, school.unit_id, y.year, 20000000, who.approver_id, school.added_at
    FROM school
    CROSS JOIN who
    CROSS JOIN (SELECT DISTINCT year FROM newest) AS y
), pledge AS (
    INSERT INTO pledges (county, id, unit_id, amount_fen, valid_from, valid_to, area_code, words, pledged_by, pledged_at, withdrawn_by,
                         withdrawn_at)
    SELECT school.county, newest.id, school.unit_id, p.amount_fen, make_date(newest.year, 1, 1), make_date(newest.year + 1, 1, 1), p.area_code,
           p.words, who.requester_id, school.added_at, CASE WHEN p.withdrawn THEN who.requester_id END,
           CASE WHEN p.withdrawn THEN newest.created_at END
    FROM school
    CROSS JOIN who
    CROSS JOIN (VALUES (1, 20000000, NULL, '三个食堂一年的采购', false),
                       (2, 5000000, '621202', '武都花椒', false),
                       (3, 3000000, NULL, '改由工会采购', true)) AS p (nth, amount_fen, area_code, words, withdrawn)
    JOIN newest
      ON newest.nth = p.nth
), list AS (
    INSERT INTO purchase_lists (county, id, unit_id, pledge_id, year, title, state, proposed_by, proposed_at, decided_by, decided_at, words,
                                closed_at)
    SELECT school.county, newest.id, school.unit_id, (SELECT id FROM newest AS n WHERE n.nth = 1), newest.year,
           CASE newest.nth WHEN 1 THEN '新年慰问' WHEN 2 THEN '教工福利' ELSE '食堂采购' END,
           CASE newest.nth WHEN 1 THEN 'proposed' WHEN 2 THEN 'refused' WHEN 3 THEN 'closed' ELSE 'approved' END,
           who.requester_id, newest.created_at - interval '2 hours',
           CASE WHEN newest.nth > 1 THEN who.approver_id END,
           CASE WHEN newest.nth > 1 THEN newest.created_at - interval '1 hour' END,
           CASE newest.nth WHEN 2 THEN '请先用完上一批' END,
           CASE newest.nth WHEN 3 THEN newest.created_at + interval '20 days' END
    FROM school
    CROSS JOIN who
    CROSS JOIN newest
), campaign AS (
    INSERT INTO campaigns (county, id, template, title, starts_on, ends_on, goal_fen, made_by, made_at)
    SELECT '621221', md5('consumption day' || y.year)::uuid, 'consumption_day', y.year || '年扶贫消费日', make_date(y.year, 10, 17),
           make_date(y.year, 10, 18), 3000000, who.officer_id, school.added_at
    FROM who
    CROSS JOIN school
    CROSS JOIN (SELECT DISTINCT extract(year FROM o.paid_on)::int AS year FROM orders AS o WHERE o.county = '621221' AND o.paid_on IS NOT NULL) AS y
), winter AS (
    INSERT INTO campaigns (county, id, template, title, starts_on, ends_on, goal_fen, made_by, made_at)
    SELECT '621221', md5('winter campaign')::uuid, 'other', '冬季山货节', newest.created_at::date, newest.created_at::date + 20, 2000000,
           who.officer_id, newest.created_at
    FROM who
    CROSS JOIN newest
    WHERE newest.nth = 1
), accredited AS (
    INSERT INTO accreditations (county, id, product_id, valid_from, valid_to, source, state, proposed_by, proposed_at, decided_by, decided_at)
    SELECT p.county, overlay(md5('accredited' || p.id) PLACING '00' FROM 1)::uuid, p.id, p.created_at::date, p.created_at::date + 1000, '演示认定目录第一批',
           CASE p.nth % 5 WHEN 0 THEN 'proposed' ELSE 'in_force' END, who.officer_id, p.created_at,
           CASE WHEN p.nth % 5 > 0 THEN who.second_officer_id END, CASE WHEN p.nth % 5 > 0 THEN p.created_at END
    FROM who
    CROSS JOIN (SELECT g.county, g.id, g.created_at, row_number() OVER (ORDER BY g.id) AS nth FROM products AS g WHERE g.county = '621221') AS p
    WHERE p.nth % 7 > 0
), paired AS (
    INSERT INTO pairings (county, id, kind, helper_area_code, unit_county, unit_id, valid_from, source, made_by, made_at)
    SELECT '621221', overlay(md5('pairing' || p.kind) PLACING '00' FROM 1)::uuid, p.kind, p.helper_area_code, p.unit_county, p.unit_id, DATE '2016-10-01', p.source,
           who.officer_id, school.added_at
    FROM who
    CROSS JOIN school
    CROSS JOIN LATERAL (VALUES ('region', '621202', NULL, NULL::uuid, '演示协作协议'),
                               ('fixed_point', NULL, school.county, school.unit_id, '演示定点文件'))
        AS p (kind, helper_area_code, unit_county, unit_id, source)
), placed AS MATERIALIZED (
    SELECT newest.nth, newest.id, o.county, o.id AS order_id, o.recipient, o.phone
    FROM newest
    JOIN orders AS o
      ON o.county = ANY (newest.counties)
     AND o.purchase_id = newest.id
), part AS (
    INSERT INTO purchase_list_parts (county, list_id, part, place, recipient, phone, area_code, street, buyer_id, purchase_id, ordered_by,
                                     ordered_at)
    SELECT school.county, a.id, k.part, k.place, a.recipient, a.phone, '621202', '学府路 1 号',
           CASE WHEN a.nth > 3 AND k.part = 1 THEN newest.buyer_id END,
           CASE WHEN a.nth > 3 AND k.part = 1 THEN a.id END,
           CASE WHEN a.nth > 3 AND k.part = 1 THEN newest.buyer_id END,
           CASE WHEN a.nth > 3 AND k.part = 1 THEN newest.created_at END
    FROM school
    CROSS JOIN (SELECT DISTINCT ON (id) nth, id, recipient, phone FROM placed ORDER BY id, order_id) AS a
    JOIN newest
      ON newest.id = a.id
    JOIN (VALUES (1, '第一食堂'), (2, '第二食堂'), (3, '第三食堂')) AS k (part, place)
      ON k.part = 1
      OR a.nth IN (1, 4)
), line AS (
    INSERT INTO purchase_list_lines (county, list_id, part, position, offer_county, offer_id, name, packs, price_fen)
    SELECT school.county, placed.id, k.part, row_number() OVER (PARTITION BY placed.id, k.part ORDER BY l.county, l.order_id, l.position),
           l.county, l.offer_id, l.name, l.packs, l.price_fen
    FROM school
    CROSS JOIN placed
    JOIN order_lines AS l
      ON l.county = placed.county
     AND l.order_id = placed.order_id
    JOIN (VALUES (1), (2), (3)) AS k (part)
      ON k.part = 1
      OR placed.nth IN (1, 4)
), ordered AS (
    INSERT INTO unit_orders (county, order_id, unit_county, unit_id, list_id, part, pledge_id)
    SELECT placed.county, placed.order_id, school.county, school.unit_id, placed.id, 1, (SELECT id FROM newest WHERE nth = 1)
    FROM school
    CROSS JOIN placed
    WHERE placed.nth > 3
    RETURNING county, order_id, unit_county, unit_id
), accepted AS (
    INSERT INTO acceptances (county, order_id, unit_county, unit_id, accepted_by, accepted_at, words)
    SELECT ordered.county, ordered.order_id, ordered.unit_county, ordered.unit_id, who.approver_id, o.received_at, ''
    FROM who
    CROSS JOIN ordered
    JOIN orders AS o
      ON o.county = ordered.county
     AND o.id = ordered.order_id
     AND o.received_at IS NOT NULL
    RETURNING county, order_id
)
INSERT INTO acceptance_lines (county, order_id, order_line_id, sent_packs, accepted_packs)
SELECT l.county, l.order_id, l.id, l.packs - l.refunded_packs, l.packs - l.refunded_packs
FROM accepted
JOIN order_lines AS l
  ON l.county = accepted.county
 AND l.order_id = accepted.order_id
