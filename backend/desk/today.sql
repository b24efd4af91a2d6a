-- A shop's day on one page: of each kind of work how much there is and the first ten, what is most urgent or newest on top.
WITH shop AS MATERIALIZED (
    SELECT s.county, s.id, s.name, s.area_code, s.ship_within_hours, s.state
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND (s.id = ANY (:actor_organisations::uuid[]) OR area_within(s.county, :actor_areas::text[]))
), paid AS MATERIALIZED (
    SELECT o.county, o.id, o.paid_at, o.packed_at, o.recipient, o.goods_fen, o.channel,
           o.paid_at + shop.ship_within_hours * interval '1 hour' AS promised_at,
           o.paid_at + shop.ship_within_hours * interval '1 hour' < :now::timestamptz AS late
    FROM shop
    JOIN orders AS o ON o.county = shop.county AND o.shop_id = shop.id AND o.state = 'paid'
), ranked AS MATERIALIZED (
    SELECT paid.*,
           row_number() OVER (PARTITION BY packed_at IS NULL ORDER BY paid_at, id) AS place,
           row_number() OVER (PARTITION BY late ORDER BY paid_at, id) AS late_place
    FROM paid
), parcels AS MATERIALIZED (
    SELECT r.*, json_build_object('order_id', r.county || '-' || r.id, 'paid_at', r.paid_at, 'promised_at', r.promised_at, 'late', r.late,
               'packed_at', r.packed_at, 'channel', r.channel, 'recipient', masked_name(r.recipient), 'goods_fen', r.goods_fen,
               'lines', (SELECT json_agg(json_build_object('name', l.name, 'packs', l.served_packs - l.refunded_packs) ORDER BY l.position)
                         FROM order_lines AS l
                         WHERE l.county = r.county AND l.order_id = r.id)) AS item
    FROM ranked AS r
    WHERE r.place <= 10 OR (r.late AND r.late_place <= 10)
), asked AS (
    SELECT count(*) AS count, coalesce(json_agg(json_build_object(
               'return_id', x.county || '-' || x.id, 'order_id', x.county || '-' || x.order_id, 'name', x.name, 'packs', x.packs,
               'refund_fen', x.refund_fen, 'asked_fen', CASE WHEN x.refund_fen > 0 THEN x.refund_fen ELSE x.packs * x.price_fen END, 'cause', x.cause, 'words', x.words, 'requested_at', x.requested_at,
               'deadline_at', x.deadline_at, 'overdue', x.deadline_at < :now::timestamptz) ORDER BY x.place) FILTER (WHERE x.place <= 10), '[]') AS items
    FROM (SELECT r.*, l.name, l.price_fen, r.requested_at + :period_return_answer_s::bigint * interval '1 second' AS deadline_at,
                 row_number() OVER (ORDER BY r.requested_at, r.id) AS place
          FROM shop
          JOIN returns AS r ON r.county = shop.county AND r.state = 'open'
          JOIN orders AS o ON o.county = r.county AND o.id = r.order_id AND o.shop_id = shop.id
          JOIN order_lines AS l ON l.county = r.county AND l.id = r.order_line_id) AS x
), waiting AS (
    SELECT count(*) AS count, coalesce(json_agg(json_build_object(
               'lot_id', x.county || '-' || x.id, 'product_name', x.name, 'grade', x.grade, 'base_unit', x.base_unit,
               'taken_in_qty', x.taken_in_qty, 'taken_in_at', x.taken_in_at) ORDER BY x.place) FILTER (WHERE x.place <= 10), '[]') AS items
    FROM (SELECT l.*, p.name, p.base_unit, row_number() OVER (ORDER BY l.taken_in_at DESC, l.id DESC) AS place
          FROM shop
          JOIN lots AS l ON l.county = shop.county AND l.shop_id = shop.id AND l.inspection = 'waiting'
          JOIN products AS p ON p.county = l.county AND p.id = l.product_id) AS x
), expiring AS (
    SELECT count(*) AS count, coalesce(json_agg(json_build_object(
               'lot_id', x.county || '-' || x.id, 'product_name', x.name, 'grade', x.grade, 'base_unit', x.base_unit,
               'on_hand_qty', x.on_hand_qty, 'expires_on', x.expires_on, 'days_left', x.expires_on - :today::date, 'trace_code', x.trace_code)
               ORDER BY x.place) FILTER (WHERE x.place <= 10), '[]') AS items
    FROM (SELECT l.*, p.name, p.base_unit, row_number() OVER (ORDER BY l.expires_on, l.id) AS place
          FROM shop
          JOIN lots AS l ON l.county = shop.county AND l.shop_id = shop.id AND l.inspection = 'passed' AND NOT l.expired
           AND l.expires_on <= :today::date + coalesce(:expiring_days::int, 14) AND l.on_hand_qty > 0
          JOIN products AS p ON p.county = l.county AND p.id = l.product_id) AS x
), low AS (
    SELECT count(*) AS count, coalesce(json_agg(json_build_object(
               'offer_id', x.county || '-' || x.id, 'product_id', x.county || '-' || x.product_id, 'product_name', x.product_name,
               'name', x.name, 'left_packs', x.left_packs, 'stock', CASE WHEN x.left_packs > 0 THEN 'few' ELSE 'sold_out' END)
               ORDER BY x.place) FILTER (WHERE x.place <= 10), '[]') AS items
    FROM (SELECT f.*, row_number() OVER (ORDER BY f.left_packs, f.id) AS place
          FROM (SELECT o.county, o.id, o.product_id, o.name, p.name AS product_name,
                       greatest(0, coalesce(st.on_hand_qty - st.reserved_qty, 0)) / o.pack_qty AS left_packs
                FROM shop
                JOIN offers AS o ON o.county = shop.county AND o.shop_id = shop.id AND o.listed
                JOIN products AS p ON p.county = o.county AND p.id = o.product_id AND p.state = 'approved'
                LEFT JOIN stocks AS st
                       ON st.county = o.county AND st.product_id = o.product_id AND st.grade = o.grade AND st.place_id = o.place_id) AS f
          WHERE f.left_packs < 20) AS x
), found AS (
    SELECT count(*) AS count, coalesce(json_agg(json_build_object(
               'finding_id', x.county || '-' || x.id, 'class', x.class, 'rule', x.rule, 'subject_kind', x.subject_kind,
               'subject_id', x.county || '-' || x.subject_id, 'state', x.state, 'due_on', x.due_on, 'opened_at', x.opened_at)
               ORDER BY x.place) FILTER (WHERE x.place <= 10), '[]') AS items
    FROM (SELECT f.*, row_number() OVER (ORDER BY f.opened_at DESC, f.id DESC) AS place
          FROM shop
          JOIN findings AS f ON f.county = shop.county AND f.state <> 'closed' AND f.subject_kind IN ('shops', 'orders', 'lots')
          LEFT JOIN orders AS o ON o.county = f.county AND o.id = f.subject_id AND o.shop_id = shop.id
          LEFT JOIN lots AS l ON l.county = f.county AND l.id = f.subject_id AND l.shop_id = shop.id
          WHERE f.subject_id = shop.id OR o.id IS NOT NULL OR l.id IS NOT NULL) AS x
), sold AS (
    SELECT coalesce(sum(a.gross_fen) FILTER (WHERE a.kind = 'sale'), 0)::bigint AS sales_fen,
           coalesce(-sum(a.gross_fen) FILTER (WHERE a.kind = 'refund'), 0)::bigint AS refunds_fen,
           coalesce(sum(a.fee_fen), 0)::bigint AS fees_fen,
           coalesce(sum(a.due_fen), 0)::bigint AS dues_fen,
           coalesce(sum(a.margin_fen), 0)::bigint AS margin_fen
    FROM shop
    JOIN attributions AS a
      ON a.county = shop.county AND a.shop_id = shop.id
     AND a.business_day >= date_trunc('month', :today::date)::date AND a.business_day <= :today::date
), unpaid AS (
    SELECT coalesce(sum(d.amount_fen), 0)::bigint AS unpaid_dues_fen
    FROM shop
    JOIN orders AS o ON o.county = shop.county AND o.shop_id = shop.id AND o.state IN ('paid', 'shipped', 'received', 'closed')
    JOIN dues AS d
      ON d.county = o.county AND d.order_id = o.id AND d.state IN ('expected', 'payable', 'in_batch')
     AND d.payee_kind IN ('household', 'supplier')
)
SELECT shop.county || '-' || shop.id AS shop_id,
       shop.name AS shop_name,
       shop.state AS shop_state,
       shop.ship_within_hours,
       :now::timestamptz AS as_of,
       json_build_object('count', (SELECT count(*) FROM paid WHERE packed_at IS NULL),
                         'items', coalesce((SELECT json_agg(item ORDER BY place) FROM parcels WHERE packed_at IS NULL AND place <= 10), '[]')) AS to_pack,
       json_build_object('count', (SELECT count(*) FROM paid WHERE packed_at IS NOT NULL),
                         'items', coalesce((SELECT json_agg(item ORDER BY place) FROM parcels WHERE packed_at IS NOT NULL AND place <= 10), '[]')) AS to_ship,
       json_build_object('count', (SELECT count(*) FROM paid WHERE late),
                         'items', coalesce((SELECT json_agg(item ORDER BY late_place) FROM parcels WHERE late AND late_place <= 10), '[]')) AS late,
       (SELECT to_json(asked) FROM asked) AS returns,
       (SELECT to_json(waiting) FROM waiting) AS lots_waiting,
       (SELECT to_json(expiring) FROM expiring) AS lots_expiring,
       (SELECT to_json(low) FROM low) AS low_stock,
       (SELECT to_json(found) FROM found) AS findings,
       json_build_object('month', to_char(:today::date, 'YYYY-MM'), 'sales_fen', sold.sales_fen, 'refunds_fen', sold.refunds_fen,
                         'fees_fen', sold.fees_fen, 'dues_fen', sold.dues_fen, 'margin_fen', sold.margin_fen,
                         'unpaid_dues_fen', unpaid.unpaid_dues_fen) AS statement
FROM shop
CROSS JOIN sold
CROSS JOIN unpaid
