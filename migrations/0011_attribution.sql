-- Attribution: from which contribution a line was served, and whose the money is. Append-only: refunds are rows with negative amounts.

-- owner: attribution
CREATE TABLE allocations (
    county text NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    contribution_id uuid NOT NULL,
    quantity_qty bigint NOT NULL,
    allocated_at timestamptz NOT NULL,
    CONSTRAINT allocations_pkey PRIMARY KEY (county, id),
    CONSTRAINT allocations_line__not_found FOREIGN KEY (county, order_line_id) REFERENCES order_lines (county, id),
    CONSTRAINT allocations_contribution__not_found FOREIGN KEY (county, contribution_id) REFERENCES contributions (county, id)
);
CREATE INDEX allocations_by_line ON allocations (county, order_line_id);
CREATE INDEX allocations_by_contribution ON allocations (county, contribution_id);
CREATE INDEX allocations_by_lot ON allocations (county, lot_id);
CALL describe('allocations', 'Which lots, and within them which contributions, a line was served from (批次分配). Goods put back are negative rows. Append-only.', '
county | county code, first key
id | allocation id
order_id | order
order_line_id | line
lot_id | lot
contribution_id | contribution
quantity_qty | base units; negative when put back
allocated_at | when
');

-- owner: attribution
CREATE TABLE attributions (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    allocation_id uuid NOT NULL,
    contribution_id uuid NOT NULL,
    supplier_id uuid NOT NULL,
    household_id uuid,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    area_code text NOT NULL,
    quantity_qty bigint NOT NULL,
    gross_fen bigint NOT NULL,
    due_fen bigint NOT NULL,
    fee_fen bigint NOT NULL,
    freight_fen bigint NOT NULL,
    margin_fen bigint NOT NULL,
    goods_cost_fen bigint NOT NULL DEFAULT 0,
    charged_fen bigint NOT NULL DEFAULT 0,
    counted boolean NOT NULL,
    reason text,
    status text NOT NULL,
    mode text NOT NULL,
    agreement_id uuid,
    agreement_version int,
    rule_version int,
    reverses_id uuid,
    business_day date NOT NULL,
    posted_at timestamptz NOT NULL,
    CONSTRAINT attributions_pkey PRIMARY KEY (county, id),
    CONSTRAINT attributions_line__not_found FOREIGN KEY (county, order_line_id) REFERENCES order_lines (county, id),
    CONSTRAINT attributions_kind__invalid CHECK (kind IN ('sale', 'refund')),
    CONSTRAINT attributions_parts__conflict CHECK (gross_fen = due_fen + fee_fen + freight_fen + margin_fen),
    CONSTRAINT attributions_counted__invalid CHECK (NOT counted OR household_id IS NOT NULL)
);
CREATE INDEX attributions_by_line ON attributions (county, order_line_id);
CREATE INDEX attributions_by_day ON attributions (county, business_day, shop_id);
CREATE INDEX attributions_by_household ON attributions (county, household_id, business_day);
CALL describe('attributions', 'One allocation turned into money and tagged to a household (帮扶归属), frozen on the day of sale. Append-only.', '
county | county code, first key
id | attribution id
kind | sale, or refund with negative amounts
order_id | order
order_line_id | line
allocation_id | allocation
contribution_id | contribution
supplier_id | supplier who delivered
household_id | household whose goods they were; null: none or the part an organisation retains
shop_id | shop of the sale
product_id | product
area_code | village of the household or supplier on the day
quantity_qty | base units
gross_fen | its part of the line''s gross
due_fen | due to the household or supplier
fee_fen | platform fee
freight_fen | freight borne by the shop
margin_fen | what is the shop''s; may be negative
goods_cost_fen | bought goods: what they cost when the lot passed; a memo beside the parts, no due
charged_fen | of a refund: due the household keeps since it is settled, which the shop is charged for; a memo inside the margin
counted | counts as impact
reason | why it does not count
status | the household''s status on the business day
mode | consigned or bought
agreement_id | link agreement
agreement_version | its version
rule_version | version of the distribution rule applied
reverses_id | for a refund: the row it reverses part of
business_day | day of payment or of refund in Asia/Shanghai
posted_at | when
');

GRANT SELECT, INSERT ON allocations, attributions TO shanhuo_app;

CREATE VIEW attribution_by_order AS
    SELECT county, order_id, sum(gross_fen)::bigint AS gross_fen
    FROM attributions
    GROUP BY county, order_id;
COMMENT ON VIEW attribution_by_order IS 'What each order is attributed, refunds taken off: one of the three sums that must agree.';
GRANT SELECT ON attribution_by_order TO shanhuo_app;
