-- An order's refunds are asked for again by its number.

CREATE INDEX refunds_by_order ON refunds (county, order_id);
