-- Intake: lots, contributions, inspections.

-- owner: intake
CREATE TABLE lots (
    county text NOT NULL,
    id uuid NOT NULL,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    place_id uuid NOT NULL,
    grade text NOT NULL,
    harvested_on date NOT NULL,
    expires_on date,
    taken_in_at timestamptz NOT NULL,
    taken_in_qty bigint NOT NULL,
    sold_qty bigint NOT NULL DEFAULT 0,
    lost_qty bigint NOT NULL DEFAULT 0,
    withdrawn_qty bigint NOT NULL DEFAULT 0,
    on_hand_qty bigint GENERATED ALWAYS AS (taken_in_qty - sold_qty - lost_qty - withdrawn_qty) STORED,
    inspection text NOT NULL DEFAULT 'waiting',
    inspected_by uuid,
    inspected_at timestamptz,
    inspection_note text,
    certificate text,
    expired boolean NOT NULL DEFAULT false,
    slip_id uuid NOT NULL,
    trace_code text NOT NULL,
    taken_in_by uuid,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT lots_pkey PRIMARY KEY (county, id),
    CONSTRAINT lots_slip__taken UNIQUE (county, slip_id),
    CONSTRAINT lots_product__not_found FOREIGN KEY (county, product_id) REFERENCES products (county, id),
    CONSTRAINT lots_place__not_found FOREIGN KEY (county, place_id) REFERENCES stations (county, id),
    CONSTRAINT lots_quantities__out_of_stock CHECK (taken_in_qty > 0 AND sold_qty >= 0 AND lost_qty >= 0 AND withdrawn_qty >= 0
        AND sold_qty + lost_qty + withdrawn_qty <= taken_in_qty),
    CONSTRAINT lots_days__invalid CHECK (expires_on IS NULL OR expires_on > harvested_on),
    CONSTRAINT lots_inspection__invalid CHECK (inspection IN ('waiting', 'passed', 'rejected')),
    CONSTRAINT lots_four_eyes__own_entry CHECK (inspected_by IS NULL OR inspected_by <> taken_in_by)
);
CREATE INDEX lots_by_product ON lots (county, product_id, grade, place_id, expires_on);
CREATE INDEX lots_by_shop ON lots (county, shop_id, taken_in_at, id);
CREATE INDEX lots_expiring ON lots (expires_on) WHERE NOT expired AND expires_on IS NOT NULL;
CALL describe('lots', 'Goods of one product taken in together (批次). taken_in = sold + on_hand + lost + withdrawn, always.', '
county | county code, first key
id | lot id
shop_id | shop
product_id | product
place_id | station where it lies
grade | grade
harvested_on | harvest day
expires_on | first day it may no longer be sold
taken_in_at | when it was taken in
taken_in_qty | base units taken in, the sum of its contributions
sold_qty | sold, net of goods put back
lost_qty | lost
withdrawn_qty | rejected or given back
on_hand_qty | what is left
inspection | waiting, passed or rejected
inspected_by | inspector, not who took it in
inspected_at | when
inspection_note | result in words
certificate | number of the conformity certificate
expired | its day has come; no longer in stock
slip_id | client-made id of the intake slip, unique for ever
trace_code | code on the pack; also in trace_codes
taken_in_by | who took it in
version | ETag
');

-- owner: intake
CREATE TABLE trace_codes (
    code text NOT NULL,
    county text NOT NULL,
    lot_id uuid NOT NULL,
    CONSTRAINT trace_codes_pkey PRIMARY KEY (code)
);
CALL describe('trace_codes', 'Where a code on a pack leads; unique across all counties.', '
code | printed code
county | county of the lot
lot_id | lot
');

-- owner: intake
CREATE TABLE contributions (
    county text NOT NULL,
    id uuid NOT NULL,
    lot_id uuid NOT NULL,
    supplier_id uuid NOT NULL,
    household_id uuid,
    position int NOT NULL,
    quantity_qty bigint NOT NULL,
    mode text NOT NULL,
    price_rule text NOT NULL,
    farm_gate_price_fen bigint NOT NULL,
    price_qty bigint NOT NULL,
    share_ppm int NOT NULL,
    agreement_id uuid,
    agreement_version int,
    evidence text,
    delivered_on date NOT NULL,
    CONSTRAINT contributions_pkey PRIMARY KEY (county, id),
    CONSTRAINT contributions_position__taken UNIQUE (county, lot_id, position),
    CONSTRAINT contributions_lot__not_found FOREIGN KEY (county, lot_id) REFERENCES lots (county, id),
    CONSTRAINT contributions_supplier__not_found FOREIGN KEY (county, supplier_id) REFERENCES suppliers (county, id),
    CONSTRAINT contributions_quantity__invalid CHECK (quantity_qty > 0),
    CONSTRAINT contributions_mode__invalid CHECK (mode IN ('consigned', 'bought')),
    CONSTRAINT contributions_rule__invalid CHECK (price_rule IN ('farm_gate', 'share', 'larger_of') AND farm_gate_price_fen >= 0 AND price_qty > 0 AND share_ppm BETWEEN 0 AND 1000000)
);
CREATE INDEX contributions_by_supplier ON contributions (county, supplier_id, delivered_on);
CREATE INDEX contributions_by_household ON contributions (county, household_id, delivered_on);
CALL describe('contributions', 'One supplier''s part of a lot (交货明细), with its terms frozen. Append-only.', '
county | county code, first key
id | contribution id
lot_id | lot
supplier_id | who delivered
household_id | the household, where the supplier is one
position | order inside the lot
quantity_qty | base units delivered
mode | consigned: due on sale; bought: due once the lot passes
price_rule | farm_gate, share or larger_of
farm_gate_price_fen | farm-gate price per price_qty
price_qty | base units the price is for
share_ppm | share of the line''s net, parts per million
agreement_id | link agreement in force on the day, if any
agreement_version | its version then
evidence | slip, photo or weighing note
delivered_on | business day of delivery
');

-- owner: intake
CREATE TABLE contribution_balances (
    county text NOT NULL,
    contribution_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    left_qty bigint NOT NULL,
    CONSTRAINT contribution_balances_pkey PRIMARY KEY (county, contribution_id),
    CONSTRAINT contribution_balances_left__out_of_stock CHECK (left_qty >= 0)
) WITH (fillfactor = 70);
CREATE INDEX contribution_balances_by_lot ON contribution_balances (county, lot_id);
CALL describe('contribution_balances', 'What a contribution has left; over a lot it sums to the lot''s on_hand_qty.', '
county | county code, first key
contribution_id | contribution
lot_id | its lot
left_qty | base units left
');

-- owner: intake
CREATE TABLE stock_moves (
    county text NOT NULL,
    id uuid NOT NULL,
    lot_id uuid NOT NULL,
    kind text NOT NULL,
    quantity_qty bigint NOT NULL,
    reason text NOT NULL,
    made_by uuid,
    made_at timestamptz NOT NULL,
    CONSTRAINT stock_moves_pkey PRIMARY KEY (county, id),
    CONSTRAINT stock_moves_lot__not_found FOREIGN KEY (county, lot_id) REFERENCES lots (county, id),
    CONSTRAINT stock_moves_kind__invalid CHECK (kind IN ('passed', 'loss', 'found', 'withdrawal', 'put_back', 'expiry'))
);
CREATE INDEX stock_moves_by_lot ON stock_moves (county, lot_id);
CALL describe('stock_moves', 'Stocktake, loss, withdrawal, put-back and expiry of a lot, with reason. Append-only.', '
county | county code, first key
id | move id
lot_id | lot
kind | passed, loss, found, withdrawal, put_back or expiry
quantity_qty | base units, positive
reason | why
made_by | who; null: a job
made_at | when
');

CREATE INDEX contributions_bought ON contributions (county, lot_id) WHERE mode = 'bought';

GRANT SELECT, INSERT, UPDATE ON lots, contribution_balances TO shanhuo_app;
GRANT SELECT, INSERT ON trace_codes, contributions, stock_moves TO shanhuo_app;
