-- Demand, second part: accredited products, campaigns with their result, pairings of regions and units with counties.

-- owner: demand
CREATE TABLE accreditations (
    county text NOT NULL,
    id uuid NOT NULL,
    product_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    source text NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT accreditations_pkey PRIMARY KEY (county, id),
    CONSTRAINT accreditations_product__not_found FOREIGN KEY (county, product_id) REFERENCES products (county, id),
    CONSTRAINT accreditations_state__wrong_state CHECK (state IN ('proposed', 'in_force', 'refused')),
    CONSTRAINT accreditations_period__invalid CHECK (valid_to > valid_from),
    CONSTRAINT accreditations_eyes__own_entry CHECK (decided_by <> proposed_by),
    CONSTRAINT accreditations_overlap__taken EXCLUDE USING gist (county WITH =, product_id WITH =, daterange(valid_from, valid_to) WITH &&)
        WHERE (state = 'in_force')
);
CALL describe('accreditations', 'A product accredited as a poverty-alleviation product (扶贫产品认定) for some days; a line counts as accredited by the day it was paid.', '
county | county code, first key
id | accreditation id
product_id | product
valid_from | first day
valid_to | first day it no longer holds
source | document that says so
state | proposed, in_force or refused
proposed_by | county officer
proposed_at | when
decided_by | another county officer
decided_at | when
version | ETag
');

-- owner: demand
CREATE TABLE campaigns (
    county text NOT NULL,
    id uuid NOT NULL,
    template text NOT NULL,
    title text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    goal_fen bigint,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT campaigns_pkey PRIMARY KEY (county, id),
    CONSTRAINT campaigns_start__taken UNIQUE (county, template, starts_on),
    CONSTRAINT campaigns_template__invalid CHECK (template IN ('consumption_day', 'other')),
    CONSTRAINT campaigns_days__invalid CHECK (ends_on > starts_on AND ends_on <= starts_on + 62),
    CONSTRAINT campaigns_goal__invalid CHECK (goal_fen > 0)
);
CALL describe('campaigns', 'A dated drive of a county (消费扶贫活动). Its result is counted from orders, never entered.', '
county | county code, first key
id | campaign id
template | consumption_day (17 October every year) or other
title | what it is called
starts_on | first day
ends_on | first day after it
goal_fen | what it means to sell; null: no goal
made_by | county officer
made_at | when
version | ETag
');

-- owner: demand
CREATE TABLE pairings (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    helper_area_code text,
    unit_county text,
    unit_id uuid,
    valid_from date NOT NULL,
    valid_to date,
    source text NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    ended_by uuid,
    ended_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT pairings_pkey PRIMARY KEY (county, id),
    CONSTRAINT pairings_area__not_found FOREIGN KEY (helper_area_code) REFERENCES areas (code),
    CONSTRAINT pairings_helper__invalid CHECK (CASE kind WHEN 'region' THEN helper_area_code IS NOT NULL AND unit_id IS NULL
                                                         WHEN 'fixed_point' THEN unit_id IS NOT NULL AND helper_area_code IS NULL
                                                         ELSE false END),
    CONSTRAINT pairings_period__invalid CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CALL describe('pairings', 'Who is paired with a county, dated and n:m: a region of the east (东西部扶贫协作) or a fixed-point unit (定点扶贫).', '
county | the county that is helped, first key
id | pairing id
kind | region or fixed_point
helper_area_code | the helping region
unit_county | county of the helping unit
unit_id | the helping unit
valid_from | first day
valid_to | first day it no longer holds; null: open
source | document that says so
made_by | county officer
made_at | when
ended_by | county officer
ended_at | when it was ended
version | ETag
');

GRANT SELECT, INSERT, UPDATE ON accreditations, campaigns, pairings TO shanhuo_app;

CREATE VIEW demand_accredited AS
    SELECT county, product_id, valid_from, valid_to
    FROM accreditations
    WHERE state = 'in_force';
COMMENT ON VIEW demand_accredited IS 'Products and the days on which they are accredited.';

CREATE VIEW demand_sold AS
    SELECT o.county, o.paid_on, (l.line_gross_fen - l.refunded_fen)::bigint AS net_fen,
           EXISTS (SELECT
                   FROM demand_accredited AS g
                   WHERE g.county = l.county
                     AND g.product_id = l.product_id
                     AND g.valid_from <= o.paid_on
                     AND g.valid_to > o.paid_on) AS accredited
    FROM orders AS o
    JOIN order_lines AS l
      ON l.county = o.county
     AND l.order_id = o.id
    WHERE o.paid_on IS NOT NULL;
COMMENT ON VIEW demand_sold IS 'Lines by day of payment, net of refunds, without freight, each accredited or not by that day.';

CREATE VIEW demand_campaign_days AS
    SELECT c.county, c.id, c.starts_on, c.ends_on, d.day,
           coalesce(s.sales_fen, 0) AS sales_fen, coalesce(s.accredited_fen, 0) AS accredited_fen, coalesce(b.before_fen, 0) AS before_fen
    FROM campaigns AS c
    CROSS JOIN LATERAL (SELECT c.starts_on + nth AS day, c.starts_on - 7 + nth % 7 AS week_before
                        FROM generate_series(0, c.ends_on - c.starts_on - 1) AS nth) AS d
    CROSS JOIN LATERAL (SELECT sum(t.net_fen)::bigint AS sales_fen, sum(t.net_fen) FILTER (WHERE t.accredited)::bigint AS accredited_fen
                        FROM demand_sold AS t
                        WHERE t.county = c.county
                          AND t.paid_on = d.day) AS s
    CROSS JOIN LATERAL (SELECT sum(t.net_fen)::bigint AS before_fen
                        FROM demand_sold AS t
                        WHERE t.county = c.county
                          AND t.paid_on IN (d.week_before, d.week_before - 7, d.week_before - 14, d.week_before - 21)) AS b;
COMMENT ON VIEW demand_campaign_days IS 'Each day of a campaign: what it sold, the accredited part of it, and what the same weekday sold in the four weeks before the campaign.';
GRANT SELECT ON demand_accredited, demand_sold, demand_campaign_days TO shanhuo_app;

-- Campaigns are in the books now.
UPDATE indicators
SET kind = 'measured',
    level = 'A',
    meaning_zh = '期内已结束的活动日：销售 − 平常（活动前四周同样的星期几平均）；两项活动同一天只算一次',
    meaning_en = 'Campaign days of the period: sales − the mean of the same weekdays in the four weeks before; a day of two campaigns counts once'
WHERE indicator = 'I20' AND part = '';
UPDATE indicators
SET kind = 'measured',
    level = 'A',
    meaning_zh = '同样的活动日：认定产品销售 ÷ 全部销售',
    meaning_en = 'The same days: sales of accredited products ÷ all sales'
WHERE indicator = 'I21' AND part = '';
