-- Orders: cart, purchases, orders, lines, shipping, returns.

-- owner: orders
CREATE TABLE addresses (
    buyer_id uuid NOT NULL,
    id uuid NOT NULL,
    recipient text NOT NULL,
    phone text NOT NULL,
    area_code text NOT NULL,
    street text NOT NULL,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT addresses_pkey PRIMARY KEY (buyer_id, id),
    CONSTRAINT addresses_area__invalid FOREIGN KEY (area_code) REFERENCES areas (code)
);
CALL describe('addresses', 'Where a buyer has goods sent.', '
buyer_id | buyer
id | address id
recipient | name on the parcel
phone | phone on the parcel
area_code | township, county or finer
street | the rest of the address
created_at | when it was entered
version | ETag
');

-- owner: orders
CREATE TABLE cart_lines (
    buyer_id uuid NOT NULL,
    county text NOT NULL,
    offer_id uuid NOT NULL,
    packs int NOT NULL,
    added_at timestamptz NOT NULL,
    CONSTRAINT cart_lines_pkey PRIMARY KEY (buyer_id, county, offer_id),
    CONSTRAINT cart_lines_packs__invalid CHECK (packs BETWEEN 1 AND 999)
);
CALL describe('cart_lines', 'What a buyer means to buy; reserves nothing.', '
buyer_id | buyer
county | county of the offer
offer_id | offer
packs | packs
added_at | when
');

-- owner: orders
CREATE TABLE purchases (
    buyer_id uuid NOT NULL,
    id uuid NOT NULL,
    state text NOT NULL DEFAULT 'awaiting_payment',
    total_fen bigint NOT NULL,
    counties text[] NOT NULL,
    created_at timestamptz NOT NULL,
    deadline_at timestamptz NOT NULL,
    paid_at timestamptz,
    ended_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT purchases_pkey PRIMARY KEY (buyer_id, id),
    CONSTRAINT purchases_state__wrong_state CHECK (state IN ('awaiting_payment', 'paid', 'cancelled', 'expired')),
    CONSTRAINT purchases_total__overflow CHECK (total_fen > 0)
);
CREATE INDEX purchases_due ON purchases (deadline_at) WHERE state = 'awaiting_payment';
CALL describe('purchases', 'One checkout over one or more shops. Its row is the one arbiter between callback, cancel and deadline.', '
buyer_id | buyer, first key
id | purchase id
state | awaiting_payment, paid, cancelled or expired
total_fen | goods and freight of all orders
counties | counties of its orders, ascending
created_at | when it was placed
deadline_at | until when it must be paid
paid_at | when it was paid
ended_at | when it was cancelled or expired
version | ETag
');

-- owner: orders
CREATE TABLE orders (
    county text NOT NULL,
    id uuid NOT NULL,
    buyer_id uuid NOT NULL,
    purchase_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'awaiting_payment',
    goods_fen bigint NOT NULL,
    freight_fen bigint NOT NULL,
    refunded_fen bigint NOT NULL DEFAULT 0,
    recipient text NOT NULL,
    phone text NOT NULL,
    destination_code text NOT NULL,
    street text NOT NULL,
    created_at timestamptz NOT NULL,
    paid_at timestamptz,
    paid_on date,
    shipped_at timestamptz,
    carrier text,
    waybill text,
    received_at timestamptz,
    received_by text,
    closed_at timestamptz,
    channel text NOT NULL DEFAULT 'own',
    version int NOT NULL DEFAULT 1,
    CONSTRAINT orders_pkey PRIMARY KEY (county, id),
    CONSTRAINT orders_shop__not_found FOREIGN KEY (county, shop_id) REFERENCES shops (county, id),
    CONSTRAINT orders_state__wrong_state CHECK (state IN ('awaiting_payment', 'paid', 'shipped', 'received', 'closed', 'refunded', 'cancelled', 'expired')),
    CONSTRAINT orders_amounts__overflow CHECK (goods_fen > 0 AND freight_fen >= 0 AND refunded_fen BETWEEN 0 AND goods_fen + freight_fen)
);
CREATE INDEX orders_by_buyer ON orders (buyer_id, id);
CREATE INDEX orders_by_purchase ON orders (county, purchase_id);
CREATE INDEX orders_by_shop ON orders (county, shop_id, state, id);
CREATE INDEX orders_shipped ON orders (shipped_at) WHERE state = 'shipped';
CREATE INDEX orders_received ON orders (received_at) WHERE state = 'received';
CREATE INDEX orders_paid_on ON orders (county, paid_on);
CALL describe('orders', 'One shop''s part of a purchase (订单).', '
county | county of the shop, first key
id | order id
buyer_id | buyer
purchase_id | purchase
shop_id | shop
state | awaiting_payment, paid, shipped, received, closed, refunded, cancelled or expired
goods_fen | sum of its lines
freight_fen | freight the buyer pays, frozen from the shop''s table
refunded_fen | given back so far, goods and freight
recipient | name on the parcel
phone | phone on the parcel
destination_code | area code of the address
street | the rest of the address
created_at | when it was placed
paid_at | when it was paid
paid_on | business day of payment
shipped_at | when it was shipped
carrier | carrier
waybill | waybill number
received_at | when it was received
received_by | buyer, or job when the time ran out
closed_at | when the return window ended and its dues became payable
channel | where the sale was made
version | ETag
');

-- owner: orders
CREATE TABLE order_lines (
    county text NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    position smallint NOT NULL,
    offer_id uuid NOT NULL,
    product_id uuid NOT NULL,
    grade text NOT NULL,
    place_id uuid NOT NULL,
    name text NOT NULL,
    packs int NOT NULL,
    pack_qty bigint NOT NULL,
    price_fen bigint NOT NULL,
    discount_fen bigint NOT NULL DEFAULT 0,
    line_gross_fen bigint NOT NULL,
    platform_fee_ppm int NOT NULL,
    served_packs int NOT NULL DEFAULT 0,
    refunded_packs int NOT NULL DEFAULT 0,
    refunded_fen bigint NOT NULL DEFAULT 0,
    spared_fen bigint NOT NULL DEFAULT 0,
    CONSTRAINT order_lines_pkey PRIMARY KEY (county, id),
    CONSTRAINT order_lines_order__not_found FOREIGN KEY (county, order_id) REFERENCES orders (county, id),
    CONSTRAINT order_lines_packs__invalid CHECK (packs BETWEEN 1 AND 999 AND served_packs BETWEEN 0 AND packs AND refunded_packs BETWEEN 0 AND packs),
    CONSTRAINT order_lines_amounts__overflow CHECK (line_gross_fen >= 0 AND discount_fen >= 0 AND refunded_fen BETWEEN 0 AND line_gross_fen AND spared_fen BETWEEN 0 AND refunded_fen)
);
CREATE INDEX order_lines_by_order ON order_lines (county, order_id);
CALL describe('order_lines', 'One offer in an order (明细), everything frozen as sold.', '
county | county code, first key
id | line id
order_id | order
position | order inside the order
offer_id | offer
product_id | product
grade | grade
place_id | place it is served from
name | product and pack as shown
packs | packs ordered
pack_qty | base units a pack
price_fen | price of a pack
discount_fen | discount the shop pays
line_gross_fen | packs × price less discount
platform_fee_ppm | fee of the day
served_packs | packs allocated to lots when the payment was applied
refunded_packs | packs given back or never served
refunded_fen | fen given back
spared_fen | of it, given back for goods the buyer kept and their household is still owed for
');

-- owner: orders
CREATE TABLE returns (
    county text NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    packs int NOT NULL,
    refund_fen bigint NOT NULL,
    cause text NOT NULL,
    words text NOT NULL DEFAULT '',
    goods_back boolean NOT NULL DEFAULT false,
    state text NOT NULL DEFAULT 'open',
    requested_by uuid NOT NULL,
    requested_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    answer text,
    CONSTRAINT returns_pkey PRIMARY KEY (county, id),
    CONSTRAINT returns_line__not_found FOREIGN KEY (county, order_line_id) REFERENCES order_lines (county, id),
    CONSTRAINT returns_amounts__invalid CHECK (packs >= 0 AND refund_fen >= 0 AND (packs > 0 OR refund_fen > 0)),
    CONSTRAINT returns_cause__invalid CHECK (cause IN ('transport', 'shop', 'quality')),
    CONSTRAINT returns_state__invalid CHECK (state IN ('open', 'accepted', 'refused'))
);
CREATE INDEX returns_by_order ON returns (county, order_id);
CREATE UNIQUE INDEX returns_open__taken ON returns (county, order_line_id) WHERE state = 'open';
CALL describe('returns', 'A buyer''s request to return goods or have money back; open, it stops the clock.', '
county | county code, first key
id | return id
order_id | order
order_line_id | line
packs | packs to return; 0 for money only
refund_fen | fen asked; 0: what the packs cost
cause | transport, shop or quality
words | what the buyer says
goods_back | the operator took the goods back into their lot
state | open, accepted or refused
requested_by | buyer
requested_at | when
decided_by | operator or county
decided_at | when
answer | what was answered
');

GRANT SELECT, INSERT, UPDATE ON addresses, cart_lines, purchases, orders, order_lines, returns TO shanhuo_app;
GRANT DELETE ON addresses, cart_lines TO shanhuo_app;

CREATE VIEW orders_sold AS
    SELECT l.county, l.order_id, sum(l.line_gross_fen - l.refunded_fen)::bigint AS gross_fen
    FROM order_lines AS l
    JOIN orders AS o
      ON o.county = l.county
     AND o.id = l.order_id
    WHERE o.paid_at IS NOT NULL
    GROUP BY l.county, l.order_id;
COMMENT ON VIEW orders_sold IS 'What each paid order sold, net of refunds: one of the three sums that must agree.';
GRANT SELECT ON orders_sold TO shanhuo_app;
