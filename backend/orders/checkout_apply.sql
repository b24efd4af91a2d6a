-- Writes a purchase with its orders and lines, and takes what was bought out of the cart. Of an order taken by phone also the link that
-- pays it, and on record who took it.
WITH plan AS (
    SELECT given.plan, coalesce((given.plan ->> 'buyer_id')::uuid, :actor_id::uuid) AS buyer_id
    FROM (SELECT :plan::jsonb AS plan) AS given
), planned AS MATERIALIZED (
    SELECT o.order_county, o.order_id, o.shop_id, o.goods_fen, o.freight_fen, o.lines
    FROM plan
    CROSS JOIN jsonb_to_recordset(plan -> 'orders') AS o (
        order_county text, order_id uuid, shop_id uuid, goods_fen bigint, freight_fen bigint, lines jsonb)
), purchased AS (
    INSERT INTO purchases (buyer_id, id, total_fen, counties, created_at, deadline_at)
    SELECT buyer_id,
           (plan ->> 'purchase_id')::uuid,
           (plan ->> 'total_fen')::bigint,
           ARRAY (SELECT DISTINCT order_county FROM planned ORDER BY order_county),
           :now::timestamptz,
           (plan ->> 'deadline_at')::timestamptz
    FROM plan
), ordered AS (
    INSERT INTO orders (county, id, buyer_id, purchase_id, shop_id, goods_fen, freight_fen, recipient, phone, destination_code,
                        street, created_at, channel, placed_by)
    SELECT o.order_county, o.order_id, buyer_id, (plan ->> 'purchase_id')::uuid, o.shop_id, o.goods_fen, o.freight_fen,
           plan ->> 'recipient', plan ->> 'phone', plan ->> 'destination_code', plan ->> 'street', :now::timestamptz,
           coalesce(plan ->> 'channel', 'own'), (plan ->> 'placed_by')::uuid
    FROM plan
    CROSS JOIN planned AS o
), linked AS (
    INSERT INTO pay_links (code, buyer_id, purchase_id, county, shop_id, made_by, made_at)
    SELECT plan ->> 'pay_code', buyer_id, (plan ->> 'purchase_id')::uuid, o.order_county, o.shop_id, (plan ->> 'placed_by')::uuid,
           :now::timestamptz
    FROM plan
    CROSS JOIN planned AS o
    WHERE plan ->> 'pay_code' IS NOT NULL
), noted AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
    SELECT o.order_id, :now::timestamptz, (plan ->> 'placed_by')::uuid, 'phone_order_placed', o.order_county, 'orders', o.order_id,
           :request_id
    FROM plan
    CROSS JOIN planned AS o
    WHERE plan ->> 'placed_by' IS NOT NULL
), lined AS (
    INSERT INTO order_lines (county, id, order_id, position, offer_id, product_id, grade, place_id, name, packs, pack_qty,
                             price_fen, line_gross_fen, platform_fee_ppm)
    SELECT o.order_county, l.order_line_id, o.order_id, l.position, l.offer_id, l.product_id, l.grade, l.place_id, l.name, l.packs,
           l.pack_qty, l.price_fen, l.line_gross_fen, l.platform_fee_ppm
    FROM planned AS o
    CROSS JOIN jsonb_to_recordset(o.lines) AS l (
        order_line_id uuid, position smallint, offer_id uuid, product_id uuid, grade text, place_id uuid, name text, packs int,
        pack_qty bigint, price_fen bigint, line_gross_fen bigint, platform_fee_ppm int)
    RETURNING county, offer_id
)
DELETE FROM cart_lines AS c
USING lined, plan
WHERE c.buyer_id = plan.buyer_id
  AND c.county = lined.county
  AND c.offer_id = lined.offer_id
