-- Rollups of impact: sums a month, folded within a second from what was appended, equal to a recomputation to the fen.

-- owner: impact, appended to by all
CREATE TABLE attributions_waiting (
    county text NOT NULL,
    attribution_id uuid NOT NULL,
    CONSTRAINT attributions_waiting_pkey PRIMARY KEY (county, attribution_id)
);
CALL describe('attributions_waiting', 'Attributions not yet folded into the rollups. Written with them, so none can be missed, however late it commits.', '
county | county code, first key
attribution_id | attribution
');

-- owner: impact, appended to by all
CREATE TABLE paid_waiting (
    county text NOT NULL,
    id uuid NOT NULL,
    month date NOT NULL,
    CONSTRAINT paid_waiting_pkey PRIMARY KEY (county, id)
);
CALL describe('paid_waiting', 'Months whose payments a bank''s result has changed; they are summed anew.', '
county | county code, first key
id | one change
month | first day of the month of the result
');

-- owner: impact
CREATE TABLE sales_months (
    county text NOT NULL,
    month date NOT NULL,
    sold_month date NOT NULL,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    area_code text NOT NULL,
    status text NOT NULL,
    counted boolean NOT NULL,
    sale_fen bigint NOT NULL,
    refund_fen bigint NOT NULL,
    due_fen bigint NOT NULL,
    CONSTRAINT sales_months_pkey PRIMARY KEY (county, month, sold_month, shop_id, product_id, area_code, status, counted)
) WITH (fillfactor = 80);
CALL describe('sales_months', 'Attributions summed a month.', '
county | county code, first key
month | first day of the month of the posting
sold_month | month of the sale; earlier than month for refunds of earlier sales
shop_id | shop
product_id | product
area_code | village of the household or supplier on the day
status | household status on the day
counted | counted as impact
sale_fen | gross of sales
refund_fen | gross of refunds, negative
due_fen | due to households
');

-- owner: impact
CREATE TABLE paid_months (
    county text NOT NULL,
    month date NOT NULL,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    area_code text NOT NULL,
    status text NOT NULL,
    paid_fen bigint NOT NULL,
    CONSTRAINT paid_months_pkey PRIMARY KEY (county, month, shop_id, product_id, area_code, status)
);
CALL describe('paid_months', 'Payments to households summed by the month of the bank''s result.', '
county | county code, first key
month | first day of the month of the result
shop_id | shop
product_id | product
area_code | village of the household
status | household status on the day of the sale; bought for bought goods
paid_fen | paid
');

-- owner: impact
CREATE TABLE household_months (
    county text NOT NULL,
    month date NOT NULL,
    household_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    area_code text NOT NULL,
    status text NOT NULL,
    sale_fen bigint NOT NULL,
    CONSTRAINT household_months_pkey PRIMARY KEY (county, month, household_id, shop_id, product_id, area_code, status)
) WITH (fillfactor = 80);
CALL describe('household_months', 'Households that counted sales benefited, a row a month: who is distinct can only be counted, never added.', '
county | county code, first key
month | first day of the month
household_id | household
shop_id | shop
product_id | product
area_code | village of the household on the day
status | household status on the day
sale_fen | gross of its counted sales
');

-- owner: impact
CREATE TABLE reconciliations (
    county text NOT NULL,
    attribution_fen bigint NOT NULL,
    line_gross_fen bigint NOT NULL,
    ledger_fen bigint NOT NULL,
    reconciled_at timestamptz NOT NULL,
    CONSTRAINT reconciliations_pkey PRIMARY KEY (county)
);
CALL describe('reconciliations', 'What the last reconciliation of a county found: three sums that must be the same.', '
county | county code, first key
attribution_fen | attributions
line_gross_fen | lines less refunds
ledger_fen | entries of buyer escrow
reconciled_at | when
');

-- owner: impact
CREATE TABLE sales_plans (
    county text NOT NULL,
    id uuid NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    year int NOT NULL,
    months_fen bigint[] NOT NULL,
    source text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    CONSTRAINT sales_plans_pkey PRIMARY KEY (county, id),
    CONSTRAINT sales_plans_area__invalid CHECK (starts_with(area_code, county)),
    CONSTRAINT sales_plans_months__invalid CHECK (array_length(months_fen, 1) = 12 AND 0 <= ALL (months_fen)),
    CONSTRAINT sales_plans_year__invalid CHECK (year BETWEEN 2000 AND 2100)
);
CREATE INDEX sales_plans_by_area ON sales_plans (county, area_code, year, entered_at);
CALL describe('sales_plans', 'What an area means to sell, a sum a month. A newer row replaces an older one, which stays.', '
county | county code, first key
id | plan id
area_code | county, township or village it is for
year | year
months_fen | twelve sums, January first
source | document it comes from
entered_by | who entered it
entered_at | when
');

CREATE VIEW impact_sales_months AS
    SELECT s.county, date_trunc('month', s.business_day)::date AS month, date_trunc('month', s.sold_on)::date AS sold_month, s.shop_id,
           s.product_id, s.area_code, s.status, s.counted,
           coalesce(sum(s.gross_fen) FILTER (WHERE s.kind = 'sale'), 0)::bigint AS sale_fen,
           coalesce(sum(s.gross_fen) FILTER (WHERE s.kind = 'refund'), 0)::bigint AS refund_fen,
           coalesce(sum(s.due_fen) FILTER (WHERE s.household_id IS NOT NULL), 0)::bigint AS due_fen
    FROM impact_sales AS s
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
COMMENT ON VIEW impact_sales_months IS 'What sales_months must hold, reckoned from every attribution.';

CREATE VIEW impact_paid_months AS
    SELECT p.county, date_trunc('month', p.result_on)::date AS month,
           coalesce(p.shop_id, '00000000-0000-0000-0000-000000000000') AS shop_id,
           coalesce(p.product_id, '00000000-0000-0000-0000-000000000000') AS product_id, p.area_code, p.status,
           sum(p.amount_fen)::bigint AS paid_fen
    FROM impact_paid AS p
    GROUP BY 1, 2, 3, 4, 5, 6;
COMMENT ON VIEW impact_paid_months IS 'What paid_months must hold, reckoned from every payment.';

CREATE VIEW impact_household_months AS
    SELECT a.county, date_trunc('month', a.business_day)::date AS month, a.household_id, a.shop_id, a.product_id, a.area_code, a.status,
           sum(a.gross_fen)::bigint AS sale_fen
    FROM attributions AS a
    WHERE a.counted
      AND a.kind = 'sale'
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
COMMENT ON VIEW impact_household_months IS 'What household_months must hold, reckoned from every attribution.';

INSERT INTO sales_months (county, month, sold_month, shop_id, product_id, area_code, status, counted, sale_fen, refund_fen, due_fen)
SELECT county, month, sold_month, shop_id, product_id, area_code, status, counted, sale_fen, refund_fen, due_fen FROM impact_sales_months;
INSERT INTO paid_months (county, month, shop_id, product_id, area_code, status, paid_fen)
SELECT county, month, shop_id, product_id, area_code, status, paid_fen FROM impact_paid_months;
INSERT INTO household_months (county, month, household_id, shop_id, product_id, area_code, status, sale_fen)
SELECT county, month, household_id, shop_id, product_id, area_code, status, sale_fen FROM impact_household_months;

CREATE INDEX lots_uninspected ON lots (county, taken_in_at) WHERE inspection = 'waiting';
CREATE INDEX orders_unshipped ON orders (county, paid_at) WHERE state = 'paid';
CREATE INDEX returns_waiting ON returns (county, requested_at) WHERE state = 'open';
CREATE INDEX objections_waiting ON objections (county, raised_at) WHERE answered_at IS NULL;
CREATE INDEX products_proposed ON products (county, created_at) WHERE state = 'proposed';
CREATE INDEX suppliers_proposed ON suppliers (county, created_at) WHERE state = 'proposed';
CREATE INDEX link_agreements_proposed ON link_agreements (county, signed_at) WHERE state = 'proposed';
CREATE INDEX dues_overdue ON dues (county, payable_at) WHERE state = 'payable' AND payee_kind = 'household';

GRANT SELECT, INSERT, DELETE ON attributions_waiting, paid_waiting TO shanhuo_app;
GRANT SELECT, INSERT, UPDATE ON sales_months, paid_months, household_months, reconciliations TO shanhuo_app;
GRANT SELECT, INSERT ON sales_plans TO shanhuo_app;
GRANT SELECT ON impact_sales_months, impact_paid_months, impact_household_months TO shanhuo_app;

-- owner: impact
CREATE TABLE price_factors (
    area_code text NOT NULL REFERENCES areas (code),
    base_year int NOT NULL,
    year int NOT NULL,
    factor_ppm bigint NOT NULL,
    source text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    CONSTRAINT price_factors__taken PRIMARY KEY (area_code, base_year, year),
    CONSTRAINT price_factors_factor__invalid CHECK (factor_ppm BETWEEN 1 AND 10000000),
    CONSTRAINT price_factors_years__invalid CHECK (base_year BETWEEN 2000 AND 2100 AND year BETWEEN base_year AND 2100)
);
CALL describe('price_factors', 'Prices of a year over those of a base year, from an official source; without one no income gain is printed.', '
area_code | province, prefecture or county
base_year | year of the baselines
year | year reported
factor_ppm | parts per million
source | official source
entered_by | who entered it
entered_at | when
');

-- owner: impact
CREATE TABLE income_years (
    county text NOT NULL,
    year int NOT NULL,
    household_id uuid NOT NULL,
    area_code text NOT NULL,
    level text NOT NULL,
    members_count bigint NOT NULL,
    paid_fen bigint NOT NULL,
    net_fen bigint,
    gain_fen bigint,
    poverty_line_fen bigint NOT NULL,
    price_factor_ppm bigint NOT NULL,
    reckoned_at timestamptz NOT NULL,
    CONSTRAINT income_years_pkey PRIMARY KEY (county, year, household_id)
);
CALL describe('income_years', 'The income report of a county and year as last reckoned, a row a household that was paid.', '
county | county code, first key
year | year
household_id | household
area_code | its village
level | evidence level C, D or E
members_count | residents at the middle of the period
paid_fen | paid
net_fen | after costs; null without cost records
gain_fen | over the baseline; null without a baseline or price factor
poverty_line_fen | a person and year; 0: none on record
price_factor_ppm | used; 0: none on record
reckoned_at | when
');

CREATE VIEW impact_decisions AS
    SELECT county, area_code, 'station' AS kind, id, name AS words, created_at AS since, NULL::timestamptz AS due_at, proposed_by
    FROM stations WHERE state = 'proposed'
    UNION ALL
    SELECT county, area_code, 'shop', id, name, created_at, NULL, proposed_by
    FROM shops WHERE state = 'proposed'
    UNION ALL
    SELECT county, area_code, 'supplier', id, name, created_at, NULL, proposed_by
    FROM suppliers WHERE state = 'proposed'
    UNION ALL
    SELECT r.county, s.area_code, 'rule', r.supplier_id, s.name, r.valid_from::timestamptz, NULL, r.proposed_by
    FROM distribution_rules AS r
    JOIN suppliers AS s ON s.county = r.county AND s.id = r.supplier_id
    WHERE r.decided_at IS NULL
    UNION ALL
    SELECT l.county, h.area_code, 'agreement', l.id, h.head_name_masked, l.signed_at, NULL, l.proposed_by
    FROM link_agreements AS l
    JOIN households AS h ON h.county = l.county AND h.id = l.household_id
    WHERE l.state = 'proposed'
    UNION ALL
    SELECT p.county, h.area_code, 'payee_change', p.id, h.head_name_masked, p.proposed_at, NULL, p.proposed_by
    FROM payee_changes AS p
    JOIN households AS h ON h.county = p.county AND h.id = p.household_id
    WHERE p.state = 'proposed'
    UNION ALL
    SELECT p.county, s.area_code, 'product', p.id, p.name, p.created_at, NULL, p.proposed_by
    FROM products AS p
    JOIN shops AS s ON s.county = p.county AND s.id = p.shop_id
    WHERE p.state = 'proposed'
    UNION ALL
    SELECT l.county, s.area_code, 'lot', l.id, p.name, l.taken_in_at, NULL, l.taken_in_by
    FROM lots AS l
    JOIN shops AS s ON s.county = l.county AND s.id = l.shop_id
    JOIN products AS p ON p.county = l.county AND p.id = l.product_id
    WHERE l.inspection = 'waiting'
    UNION ALL
    SELECT b.county, n.area_code, CASE b.state WHEN 'proposed' THEN 'batch' ELSE 'batch_result' END, b.id, b.title,
           coalesce(b.approved_at, b.proposed_at), CASE b.state WHEN 'proposed' THEN n.ends_at END, b.proposed_by
    FROM payout_batches AS b
    JOIN publicities AS n ON n.county = b.county AND n.id = b.publicity_id
    WHERE b.state IN ('proposed', 'approved')
    UNION ALL
    SELECT o.county, n.area_code, 'objection', n.id, n.title, o.raised_at, NULL, NULL
    FROM objections AS o
    JOIN publicities AS n ON n.county = o.county AND n.id = o.publicity_id
    WHERE o.answered_at IS NULL
    UNION ALL
    SELECT f.county, f.area_code, CASE f.state WHEN 'open' THEN 'finding' ELSE 'finding_rectified' END, f.id, f.rule, f.opened_at, NULL, f.opened_by
    FROM findings AS f
    WHERE f.state <> 'closed'
    UNION ALL
    SELECT r.county, s.area_code, 'return', r.order_id, s.name, r.requested_at, r.requested_at + interval '3 days', NULL
    FROM returns AS r
    JOIN orders AS o ON o.county = r.county AND o.id = r.order_id
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    WHERE r.state = 'open';
COMMENT ON VIEW impact_decisions IS 'What waits for a person of the county: what it is, since when, and when it may be decided (due_at).';

CREATE INDEX payout_batches_open ON payout_batches (county, proposed_at) WHERE state IN ('proposed', 'approved');

GRANT SELECT, INSERT ON price_factors TO shanhuo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON income_years TO shanhuo_app;
GRANT SELECT ON impact_decisions TO shanhuo_app;
