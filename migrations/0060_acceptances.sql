-- Acceptance of a unit's orders: who counted what came, and what was not taken.

-- owner: demand
CREATE TABLE acceptances (
    county text NOT NULL,
    order_id uuid NOT NULL,
    unit_county text NOT NULL,
    unit_id uuid NOT NULL,
    accepted_by uuid NOT NULL,
    accepted_at timestamptz NOT NULL,
    words text NOT NULL,
    CONSTRAINT acceptances_pkey PRIMARY KEY (county, order_id),
    CONSTRAINT acceptances_order__not_found FOREIGN KEY (county, order_id) REFERENCES unit_orders (county, order_id)
);
CALL describe('acceptances', 'That a unit counted an order and took it (验收), once. What it did not take is asked back by returns.', '
county | county of the order, first key
order_id | order
unit_county | county of the unit
unit_id | unit
accepted_by | member of the unit who counted
accepted_at | when
words | what that member wrote; empty: nothing
');

-- owner: demand
CREATE TABLE acceptance_lines (
    county text NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    sent_packs int NOT NULL,
    accepted_packs int NOT NULL,
    cause text,
    CONSTRAINT acceptance_lines_pkey PRIMARY KEY (county, order_id, order_line_id),
    CONSTRAINT acceptance_lines_order__not_found FOREIGN KEY (county, order_id) REFERENCES acceptances (county, order_id),
    CONSTRAINT acceptance_lines_packs__invalid CHECK (accepted_packs BETWEEN 0 AND sent_packs),
    CONSTRAINT acceptance_lines_cause__invalid CHECK ((accepted_packs < sent_packs) = (cause IS NOT NULL))
);
CALL describe('acceptance_lines', 'Each line of an accepted order: what was sent and what was taken.', '
county | county of the order, first key
order_id | order
order_line_id | line of the order
sent_packs | packs ordered and not given back before
accepted_packs | packs taken
cause | transport, shop or quality; null: all was taken
');

GRANT SELECT, INSERT ON acceptances, acceptance_lines TO shanhuo_app;
