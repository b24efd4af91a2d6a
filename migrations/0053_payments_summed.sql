-- What households were paid, summed by household and month, and how many days each due waited: indicators of a year in a moment.

-- owner: impact
CREATE TABLE paid_household_months (
    county text NOT NULL,
    month date NOT NULL,
    household_id uuid NOT NULL,
    income_kind text NOT NULL,
    area_code text NOT NULL,
    paid_fen bigint NOT NULL,
    dues_count bigint NOT NULL,
    CONSTRAINT paid_household_months_pkey PRIMARY KEY (county, month, household_id, income_kind)
) WITH (fillfactor = 80);
CALL describe('paid_household_months', 'Payments to a household summed by kind of income and the month of the bank''s result.', '
county | county code, first key
month | first day of the month of the result
household_id | household
income_kind | kind of income
area_code | village the household lives in
paid_fen | paid
dues_count | dues these payments settled; 0 once all came back
');

-- owner: impact
CREATE TABLE paid_days (
    county text NOT NULL,
    area_code text COLLATE "C" NOT NULL,
    month date NOT NULL,
    days int NOT NULL,
    dues_count bigint NOT NULL,
    CONSTRAINT paid_days_pkey PRIMARY KEY (county, area_code, month, days)
) WITH (fillfactor = 80);
CALL describe('paid_days', 'How many dues for goods were paid so many days after they fell due, a county and each township and village of it.', '
county | county code, first key
area_code | county, township or village of the household
month | first day of the month of the result
days | from payable to paid
dues_count | dues
');

CREATE VIEW impact_paid_household_months AS
    SELECT p.county, date_trunc('month', p.result_on)::date AS month, p.household_id, p.income_kind, h.area_code,
           sum(p.amount_fen)::bigint AS paid_fen, count(*) AS dues_count
    FROM payouts_paid_incomes AS p
    JOIN households AS h
      ON h.county = p.county
     AND h.id = p.household_id
    GROUP BY 1, 2, 3, 4, 5;
COMMENT ON VIEW impact_paid_household_months IS 'What paid_household_months must hold, reckoned from every due paid.';

CREATE VIEW impact_paid_days AS
    SELECT d.county, left(h.area_code, l.level) AS area_code, date_trunc('month', i.result_on)::date AS month,
           i.result_on - (d.payable_at AT TIME ZONE 'Asia/Shanghai')::date AS days, count(*) AS dues_count
    FROM dues AS d
    JOIN payout_items AS i
      ON i.county = d.county
     AND i.id = d.payout_item_id
     AND i.state = 'paid'
    JOIN households AS h
      ON h.county = d.county
     AND h.id = d.payee_id
    CROSS JOIN (VALUES (6), (9), (12)) AS l (level)
    WHERE d.payee_kind = 'household'
      AND d.income_kind = 'sale_of_produce'
      AND d.payable_at IS NOT NULL
    GROUP BY 1, 2, 3, 4;
COMMENT ON VIEW impact_paid_days IS 'What paid_days must hold, reckoned from every due paid; the village is the one the household lives in.';

INSERT INTO paid_household_months (county, month, household_id, income_kind, area_code, paid_fen, dues_count)
SELECT county, month, household_id, income_kind, area_code, paid_fen, dues_count FROM impact_paid_household_months;
INSERT INTO paid_days (county, area_code, month, days, dues_count)
SELECT county, area_code, month, days, dues_count FROM impact_paid_days;

CREATE INDEX payout_items_paid ON payout_items (county, result_on) INCLUDE (batch_id, payee_id, amount_fen)
    WHERE state = 'paid' AND payee_kind = 'household';
CREATE INDEX lots_taken_in ON lots (county, taken_in_at);

GRANT SELECT, INSERT, UPDATE ON paid_household_months, paid_days TO shanhuo_app;
GRANT SELECT ON impact_paid_household_months, impact_paid_days TO shanhuo_app;
