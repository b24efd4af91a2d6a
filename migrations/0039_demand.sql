-- Demand: units that buy, their members and budgets, purchase lists, the orders made of them, and pledges.

-- owner: demand
CREATE TABLE units (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    area_code text NOT NULL,
    credit_code text NOT NULL,
    invoice_title text NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT units_pkey PRIMARY KEY (county, id),
    CONSTRAINT units_kind__invalid CHECK (kind IN ('government', 'school', 'hospital', 'enterprise', 'other')),
    CONSTRAINT units_credit_code__taken UNIQUE (county, credit_code),
    CONSTRAINT units_area__not_found FOREIGN KEY (area_code) REFERENCES areas (code)
);
CALL describe('units', 'An institution that buys (采购单位), entered by the county it deals with.', '
county | the county that entered it, first key
id | unit id
kind | government, school, hospital, enterprise or other
name | what people call it
area_code | where it has its seat, anywhere in the country
credit_code | unified social credit code, the tax number of its invoices
invoice_title | title of its invoices
added_by | county officer
added_at | when
version | ETag
');

-- owner: demand
CREATE TABLE unit_members (
    county text NOT NULL,
    unit_id uuid NOT NULL,
    account_id uuid NOT NULL,
    duty text NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamptz NOT NULL,
    ended_by uuid,
    ended_at timestamptz,
    CONSTRAINT unit_members_pkey PRIMARY KEY (county, unit_id, account_id),
    CONSTRAINT unit_members_unit__not_found FOREIGN KEY (county, unit_id) REFERENCES units (county, id),
    CONSTRAINT unit_members_duty__invalid CHECK (duty IN ('requester', 'approver')),
    CONSTRAINT unit_members_end__invalid CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX unit_members_by_account ON unit_members (account_id) WHERE ended_at IS NULL;
CALL describe('unit_members', 'Who proposes and who approves for a unit. One duty a person, so that nobody approves what he proposed.', '
county | county of the unit
unit_id | unit
account_id | account
duty | requester or approver
added_by | county officer
added_at | when
ended_by | county officer
ended_at | when; null while it holds
');

-- owner: demand
CREATE TABLE unit_budgets (
    county text NOT NULL,
    unit_id uuid NOT NULL,
    year int NOT NULL,
    amount_fen bigint NOT NULL,
    set_by uuid NOT NULL,
    set_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT unit_budgets_pkey PRIMARY KEY (county, unit_id, year),
    CONSTRAINT unit_budgets_unit__not_found FOREIGN KEY (county, unit_id) REFERENCES units (county, id),
    CONSTRAINT unit_budgets_year__invalid CHECK (year BETWEEN 2015 AND 2100),
    CONSTRAINT unit_budgets_amount__invalid CHECK (amount_fen > 0)
);
CALL describe('unit_budgets', 'What a unit may spend in a year. Its row is the arbiter between lists approved at the same time.', '
county | county of the unit
unit_id | unit
year | calendar year
amount_fen | the most that approved lists may come to
set_by | approver
set_at | when
version | grows with every change
');

-- owner: demand
CREATE TABLE pledges (
    county text NOT NULL,
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    amount_fen bigint NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    area_code text,
    words text NOT NULL DEFAULT '',
    pledged_by uuid NOT NULL,
    pledged_at timestamptz NOT NULL,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT pledges_pkey PRIMARY KEY (county, id),
    CONSTRAINT pledges_unit__not_found FOREIGN KEY (county, unit_id) REFERENCES units (county, id),
    CONSTRAINT pledges_area__not_found FOREIGN KEY (area_code) REFERENCES areas (code),
    CONSTRAINT pledges_amount__invalid CHECK (amount_fen > 0),
    CONSTRAINT pledges_period__invalid CHECK (valid_to > valid_from)
);
CREATE INDEX pledges_by_unit ON pledges (county, unit_id);
CALL describe('pledges', 'A unit''s promise to buy (采购承诺). What became of it is counted from orders; it is never an amount bought.', '
county | county of the unit
id | pledge id
unit_id | unit
amount_fen | what was promised
valid_from | first day whose orders count
valid_to | first day whose orders no longer count
area_code | only goods of this area count; null: of all
words | what the memorandum says
pledged_by | member of the unit
pledged_at | when
withdrawn_by | member of the unit
withdrawn_at | when it was taken back
version | ETag
');

-- owner: demand
CREATE TABLE purchase_lists (
    county text NOT NULL,
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    pledge_id uuid,
    year int NOT NULL,
    title text NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    words text,
    closed_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT purchase_lists_pkey PRIMARY KEY (county, id),
    CONSTRAINT purchase_lists_unit__not_found FOREIGN KEY (county, unit_id) REFERENCES units (county, id),
    CONSTRAINT purchase_lists_pledge__not_found FOREIGN KEY (county, pledge_id) REFERENCES pledges (county, id),
    CONSTRAINT purchase_lists_state__wrong_state CHECK (state IN ('proposed', 'approved', 'refused', 'closed')),
    CONSTRAINT purchase_lists_eyes__own_entry CHECK (decided_by <> proposed_by)
);
CREATE INDEX purchase_lists_by_unit ON purchase_lists (county, unit_id, id);
CALL describe('purchase_lists', 'What a unit means to buy (采购清单): proposed by a requester, approved by another, then ordered part by part.', '
county | county of the unit
id | list id
unit_id | unit
pledge_id | the pledge its orders count to
year | budget it is paid from
title | what it is for
state | proposed, approved, refused or closed
proposed_by | requester; the buyer of its orders
proposed_at | when
decided_by | approver
decided_at | when
words | what the approver says
closed_at | when the unit gave up what was not ordered yet
version | ETag
');

-- owner: demand
CREATE TABLE purchase_list_parts (
    county text NOT NULL,
    list_id uuid NOT NULL,
    part smallint NOT NULL,
    place text NOT NULL,
    recipient text NOT NULL,
    phone text NOT NULL,
    area_code text NOT NULL,
    street text NOT NULL,
    buyer_id uuid,
    purchase_id uuid,
    ordered_by uuid,
    ordered_at timestamptz,
    CONSTRAINT purchase_list_parts_pkey PRIMARY KEY (county, list_id, part),
    CONSTRAINT purchase_list_parts_list__not_found FOREIGN KEY (county, list_id) REFERENCES purchase_lists (county, id),
    CONSTRAINT purchase_list_parts_area__not_found FOREIGN KEY (area_code) REFERENCES areas (code),
    CONSTRAINT purchase_list_parts_order__invalid CHECK ((purchase_id IS NULL) = (buyer_id IS NULL))
);
CALL describe('purchase_list_parts', 'One place a list delivers to (a canteen, a campus); each is ordered by a checkout of its own.', '
county | county of the unit
list_id | list
part | 1, 2, …
place | what the unit calls it
recipient | name on the parcel
phone | phone on the parcel
area_code | township, county or finer
street | the rest of the address
buyer_id | whose purchase it became
purchase_id | the purchase it became last
ordered_by | who ordered it
ordered_at | when
');

-- owner: demand
CREATE TABLE purchase_list_lines (
    county text NOT NULL,
    list_id uuid NOT NULL,
    part smallint NOT NULL,
    position smallint NOT NULL,
    offer_county text NOT NULL,
    offer_id uuid NOT NULL,
    name text NOT NULL,
    packs int NOT NULL,
    price_fen bigint NOT NULL,
    CONSTRAINT purchase_list_lines_pkey PRIMARY KEY (county, list_id, part, position),
    CONSTRAINT purchase_list_lines_part__not_found FOREIGN KEY (county, list_id, part) REFERENCES purchase_list_parts (county, list_id, part),
    CONSTRAINT purchase_list_lines_packs__invalid CHECK (packs BETWEEN 1 AND 999),
    CONSTRAINT purchase_list_lines_price__invalid CHECK (price_fen > 0)
);
CALL describe('purchase_list_lines', 'An offer on a list, at the price the approver signs; an order at another price is refused.', '
county | county of the unit
list_id | list
part | part
position | 1, 2, … inside the part
offer_county | county of the offer
offer_id | offer
name | product and pack as they stood
packs | packs
price_fen | price of a pack when it was proposed
');

-- owner: demand
CREATE TABLE unit_orders (
    county text NOT NULL,
    order_id uuid NOT NULL,
    unit_county text NOT NULL,
    unit_id uuid NOT NULL,
    list_id uuid NOT NULL,
    part smallint NOT NULL,
    pledge_id uuid,
    CONSTRAINT unit_orders_pkey PRIMARY KEY (county, order_id),
    CONSTRAINT unit_orders_order__not_found FOREIGN KEY (county, order_id) REFERENCES orders (county, id)
);
CREATE INDEX unit_orders_by_unit ON unit_orders (unit_county, unit_id);
CREATE INDEX unit_orders_by_pledge ON unit_orders (unit_county, pledge_id) WHERE pledge_id IS NOT NULL;
CALL describe('unit_orders', 'The orders of units. The key makes sure that an order is one unit''s and counts to one pledge at most.', '
county | county of the order, first key
order_id | order
unit_county | county of the unit
unit_id | unit
list_id | list it was made of
part | part of the list
pledge_id | pledge it counts to
');

GRANT SELECT, INSERT, UPDATE ON units, unit_members, unit_budgets, pledges, purchase_lists, purchase_list_parts, unit_orders TO shanhuo_app;
GRANT SELECT, INSERT ON purchase_list_lines TO shanhuo_app;

CREATE VIEW demand_orders AS
    SELECT u.unit_county, u.unit_id, u.pledge_id, u.list_id, u.part, o.county, o.id AS order_id, o.shop_id, o.purchase_id, o.state,
           o.created_at, o.paid_at, o.received_at, o.paid_on,
           CASE WHEN o.state NOT IN ('cancelled', 'expired') THEN o.goods_fen + o.freight_fen ELSE 0 END AS ordered_fen,
           CASE WHEN o.paid_at IS NOT NULL THEN o.goods_fen + o.freight_fen ELSE 0 END AS paid_fen,
           CASE WHEN o.received_at IS NOT NULL THEN o.goods_fen + o.freight_fen ELSE 0 END AS delivered_fen,
           o.refunded_fen
    FROM unit_orders AS u
    JOIN orders AS o
      ON o.county = u.county
     AND o.id = u.order_id;
COMMENT ON VIEW demand_orders IS 'Each order of a unit with what was ordered, paid, delivered and refunded, each by itself and never summed.';
GRANT SELECT ON demand_orders TO shanhuo_app;

-- Called once a row of a materialised list, never inside a distributed join (design/citus.md).
CREATE FUNCTION demand_budget_used(of_county text, of_unit uuid, of_year int) RETURNS bigint
LANGUAGE sql STABLE AS $$
    WITH part AS MATERIALIZED (
        SELECT p.county, p.list_id, p.part, p.buyer_id, p.purchase_id, l.state
        FROM purchase_lists AS l
        JOIN purchase_list_parts AS p
          ON p.county = l.county
         AND p.list_id = l.id
        WHERE l.county = of_county
          AND l.unit_id = of_unit
          AND l.year = of_year
          AND l.state IN ('approved', 'closed')
    ), bought AS MATERIALIZED (
        SELECT b.id, b.total_fen
        FROM part
        JOIN purchases AS b
          ON b.buyer_id = part.buyer_id
         AND b.id = part.purchase_id
        WHERE b.state IN ('awaiting_payment', 'paid')
    ), refunded AS MATERIALIZED (
        SELECT o.purchase_id, sum(o.refunded_fen) AS refunded_fen
        FROM demand_orders AS o
        WHERE o.unit_county = of_county
          AND o.unit_id = of_unit
        GROUP BY o.purchase_id
    ), meant AS (
        SELECT l.list_id, l.part, sum(l.packs * l.price_fen) AS goods_fen
        FROM part
        JOIN purchase_list_lines AS l
          ON l.county = part.county
         AND l.list_id = part.list_id
         AND l.part = part.part
        GROUP BY l.list_id, l.part
    )
    SELECT coalesce(sum(CASE WHEN bought.id IS NOT NULL THEN bought.total_fen - coalesce(refunded.refunded_fen, 0)
                             WHEN part.state = 'approved' THEN meant.goods_fen
                             ELSE 0 END), 0)::bigint
    FROM part
    JOIN meant
      ON meant.list_id = part.list_id
     AND meant.part = part.part
    LEFT JOIN bought
           ON bought.id = part.purchase_id
    LEFT JOIN refunded
           ON refunded.purchase_id = bought.id
$$;
COMMENT ON FUNCTION demand_budget_used IS 'What approved lists of a year took from the budget: ordered parts as they were bought less refunds, others at list price.';
