-- Sums that a year of a county is read from in a moment: by area and month, and which households benefited in which months.

-- owner: impact
CREATE TABLE area_months (
    county text NOT NULL,
    level smallint NOT NULL,
    dimension text NOT NULL,
    area_code text COLLATE "C" NOT NULL,
    month date NOT NULL,
    key text NOT NULL,
    sale_fen bigint NOT NULL,
    counted_fen bigint NOT NULL,
    refund_fen bigint NOT NULL,
    counted_refund_fen bigint NOT NULL,
    due_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    CONSTRAINT area_months_pkey PRIMARY KEY (county, level, dimension, area_code, month, key),
    CONSTRAINT area_months_level__invalid CHECK (level IN (6, 9, 12)),
    CONSTRAINT area_months_dimension__invalid CHECK (dimension IN ('total', 'shop', 'product', 'status'))
) WITH (fillfactor = 80);
CALL describe('area_months', 'sales_months and paid_months summed for a county, each township and each village of it.', '
county | county code, first key
level | digits of area_code: 6 county, 9 township, 12 village
dimension | total, shop, product or status
area_code | the area, cut to its level
month | first day of the month
key | id of the shop or product, the status; empty for the total
sale_fen | gross of sales
counted_fen | of it, what counts as impact
refund_fen | gross of refunds, negative
counted_refund_fen | of it, what counts as impact
due_fen | due to households, refunds taken off
paid_fen | paid to households by a bank''s result of this month
');

-- owner: impact
CREATE TABLE household_years (
    county text NOT NULL,
    year smallint NOT NULL,
    dimension text NOT NULL,
    household_id uuid NOT NULL,
    area_code text NOT NULL,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    status text NOT NULL,
    months bit(12) NOT NULL,
    CONSTRAINT household_years_pkey PRIMARY KEY (county, year, dimension, household_id, area_code, shop_id, product_id, status),
    CONSTRAINT household_years_dimension__invalid CHECK (dimension IN ('household', 'goods'))
) WITH (fillfactor = 80);
CALL describe('household_years', 'In which months of a year counted sales benefited a household: it counts once, whatever the period.', '
county | county code, first key
year | calendar year
dimension | household: all its goods; goods: by shop, product and status
household_id | household
area_code | its village on the day of sale
shop_id | shop; all zero for all its goods
product_id | product; all zero for all its goods
status | its status on the day of sale; empty for all its goods
months | a bit a month, the first is January
');

CREATE INDEX sales_months_refunds ON sales_months (county, month, sold_month) WHERE sold_month < month;
DROP INDEX dues_overdue;
CREATE INDEX dues_overdue ON dues (county, payable_at) INCLUDE (payee_id, amount_fen) WHERE state = 'payable' AND payee_kind = 'household';
CREATE INDEX members_resident ON members (county, household_id, valid_from, valid_to) WHERE resident;

CREATE VIEW impact_area_months AS
    WITH part AS (
        SELECT county, month, area_code, shop_id, product_id, status, sale_fen, CASE WHEN counted THEN sale_fen ELSE 0 END AS counted_fen,
               refund_fen, CASE WHEN counted THEN refund_fen ELSE 0 END AS counted_refund_fen, due_fen, 0 AS paid_fen
        FROM sales_months
        UNION ALL
        SELECT county, month, area_code, shop_id, product_id, status, 0, 0, 0, 0, 0, paid_fen
        FROM paid_months
    )
    SELECT p.county, l.level, d.dimension, left(p.area_code, l.level) AS area_code, p.month, d.key, sum(p.sale_fen)::bigint AS sale_fen,
           sum(p.counted_fen)::bigint AS counted_fen, sum(p.refund_fen)::bigint AS refund_fen,
           sum(p.counted_refund_fen)::bigint AS counted_refund_fen, sum(p.due_fen)::bigint AS due_fen, sum(p.paid_fen)::bigint AS paid_fen
    FROM part AS p
    CROSS JOIN (VALUES (6), (9), (12)) AS l (level)
    CROSS JOIN LATERAL (VALUES ('total', ''), ('shop', p.shop_id::text), ('product', p.product_id::text), ('status', p.status)) AS d (dimension, key)
    GROUP BY p.county, l.level, d.dimension, left(p.area_code, l.level), p.month, d.key;
COMMENT ON VIEW impact_area_months IS 'What area_months must hold, reckoned from sales_months and paid_months.';

CREATE VIEW impact_household_years AS
    SELECT h.county, extract(year FROM h.month)::smallint AS year, d.dimension, h.household_id, h.area_code, d.shop_id, d.product_id, d.status,
           bit_or(set_bit(0::bit(12), extract(month FROM h.month)::int - 1, 1)) AS months
    FROM household_months AS h
    CROSS JOIN LATERAL (VALUES ('household', '00000000-0000-0000-0000-000000000000'::uuid, '00000000-0000-0000-0000-000000000000'::uuid, ''),
                               ('goods', h.shop_id, h.product_id, h.status)) AS d (dimension, shop_id, product_id, status)
    GROUP BY h.county, extract(year FROM h.month), d.dimension, h.household_id, h.area_code, d.shop_id, d.product_id, d.status;
COMMENT ON VIEW impact_household_years IS 'What household_years must hold, reckoned from household_months.';

INSERT INTO area_months (county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen)
SELECT county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen FROM impact_area_months;
INSERT INTO household_years (county, year, dimension, household_id, area_code, shop_id, product_id, status, months)
SELECT county, year, dimension, household_id, area_code, shop_id, product_id, status, months FROM impact_household_years;

GRANT SELECT, INSERT, UPDATE ON area_months, household_years TO shanhuo_app;
GRANT SELECT ON impact_area_months, impact_household_years TO shanhuo_app;
