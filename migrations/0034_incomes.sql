-- Incomes: distribution rules as steps, agreements of every mode, and what organisations share out besides sales.

-- A rule of steps serves a purpose of its own; the rules there were are those of sales, applied at each payment.
ALTER TABLE distribution_rules
    ADD COLUMN purpose text NOT NULL DEFAULT 'sale',
    ADD COLUMN steps jsonb,
    ADD COLUMN proposed_at timestamptz,
    ADD COLUMN refused boolean NOT NULL DEFAULT false,
    ADD COLUMN reason text,
    DROP CONSTRAINT distribution_rules_kind__invalid,
    ADD CONSTRAINT distribution_rules_kind__invalid CHECK (kind IN ('shares', 'per_head', 'steps')),
    ADD CONSTRAINT distribution_rules_purpose__invalid CHECK (purpose IN ('sale', 'wage', 'rent', 'dividend', 'trusteeship', 'post_subsidy')),
    ADD CONSTRAINT distribution_rules_steps__invalid CHECK ((kind = 'steps') = (purpose <> 'sale') AND (kind = 'steps') = (steps IS NOT NULL)),
    ADD CONSTRAINT distribution_rules_refused__wrong_state CHECK (NOT refused OR decided_at IS NOT NULL);
COMMENT ON COLUMN distribution_rules.kind IS 'shares: by membership shares; per_head: every member the same; steps: as its steps say';
COMMENT ON COLUMN distribution_rules.purpose IS 'what it shares out: sale (each sale at its payment), wage, rent, dividend, trusteeship or post_subsidy';
COMMENT ON COLUMN distribution_rules.steps IS 'the rule, step by step, as include/distribution.h describes them';
COMMENT ON COLUMN distribution_rules.proposed_at IS 'when it was entered; null: before this was written down';
COMMENT ON COLUMN distribution_rules.refused IS 'decided and refused: never in force';
COMMENT ON COLUMN distribution_rules.reason IS 'why it was refused';
GRANT UPDATE (refused, reason) ON distribution_rules TO shanhuo_app;

-- A wage is a rate for a day, a rent one for a mu and year; what is leased or entrusted stands in the agreement.
ALTER TABLE link_agreements
    ADD COLUMN rate_fen bigint,
    ADD COLUMN rate_unit text,
    ADD COLUMN units_hundredths bigint,
    DROP CONSTRAINT link_agreements_rule__invalid,
    ADD CONSTRAINT link_agreements_rule__invalid CHECK (price_rule IN ('farm_gate', 'share', 'larger_of', 'rate') AND floor_price_fen >= 0
        AND price_qty > 0 AND share_ppm BETWEEN 0 AND 1000000),
    ADD CONSTRAINT link_agreements_rate__invalid CHECK ((price_rule = 'rate') = (rate_fen IS NOT NULL) AND (rate_fen IS NULL) = (rate_unit IS NULL)
        AND rate_fen > 0 AND units_hundredths > 0),
    ADD CONSTRAINT link_agreements_unit__invalid CHECK (rate_unit IN ('hour', 'day', 'month', 'piece', 'mu', 'head', 'share'));
COMMENT ON COLUMN link_agreements.price_rule IS 'farm_gate, share, larger_of, or rate: a fixed amount for each unit';
COMMENT ON COLUMN link_agreements.rate_fen IS 'fen for one unit of work, land or animals';
COMMENT ON COLUMN link_agreements.rate_unit IS 'hour, day, month, piece, mu, head (an animal) or share';
COMMENT ON COLUMN link_agreements.units_hundredths IS 'what is leased or entrusted, in hundredths of the unit; null: counted each time';

-- Dues besides sales, each of its own kind of income.
ALTER TABLE dues
    ADD COLUMN income_kind text NOT NULL DEFAULT 'sale_of_produce',
    ADD COLUMN distribution_id uuid,
    DROP CONSTRAINT dues_source__invalid,
    ADD CONSTRAINT dues_source__invalid CHECK (source_kind IN ('sale', 'refund', 'bought', 'margin', 'freight', 'fee', 'charge', 'distribution', 'subsidy')),
    ADD CONSTRAINT dues_income__invalid CHECK (income_kind IN ('sale_of_produce', 'wage', 'rent', 'dividend', 'post_subsidy', 'tourism', 'transfer', 'other'));
CREATE INDEX dues_by_distribution ON dues (county, distribution_id) WHERE distribution_id IS NOT NULL;
COMMENT ON COLUMN dues.income_kind IS 'kind of income of a household''s due, never mixed in a sum';
COMMENT ON COLUMN dues.distribution_id IS 'distribution or subsidy it comes from';

-- owner: incomes
CREATE TABLE payers (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT payers_pkey PRIMARY KEY (county, id),
    CONSTRAINT payers_name__taken UNIQUE (county, name),
    CONSTRAINT payers_kind__invalid CHECK (kind IN ('county', 'prefecture', 'province', 'state', 'platform', 'donor', 'pair'))
);
CALL describe('payers', 'Who gives money for a purpose: funds of the state, the platform, donors. Each has a subsidy account in the ledger.', '
county | county code, first key
id | payer id, holder of its ledger account
kind | county, prefecture, province, state, platform, donor or pair (a paired region)
name | what it is called
created_by | who entered it
created_at | when
');

-- owner: incomes
CREATE TABLE distributions (
    county text NOT NULL,
    id uuid NOT NULL,
    supplier_id uuid NOT NULL,
    rule_version int NOT NULL,
    purpose text NOT NULL,
    income_kind text NOT NULL,
    title text NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    source text NOT NULL,
    payer_id uuid,
    pool_fen bigint NOT NULL,
    income_fen bigint NOT NULL,
    organisation_fen bigint NOT NULL,
    villages_fen bigint NOT NULL,
    households_fen bigint NOT NULL,
    households_count int NOT NULL,
    steps jsonb NOT NULL,
    explanation jsonb NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    reason text,
    funded_by uuid,
    funded_at timestamptz,
    evidence text,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT distributions_pkey PRIMARY KEY (county, id),
    CONSTRAINT distributions_rule__not_found FOREIGN KEY (county, supplier_id, rule_version) REFERENCES distribution_rules (county, supplier_id, version),
    CONSTRAINT distributions_payer__not_found FOREIGN KEY (county, payer_id) REFERENCES payers (county, id),
    CONSTRAINT distributions_source__invalid CHECK (source IN ('retained', 'paid_in', 'subsidy') AND (source = 'subsidy') = (payer_id IS NOT NULL)),
    CONSTRAINT distributions_period__invalid CHECK (to_on >= from_on),
    CONSTRAINT distributions_parts__conflict CHECK (pool_fen = organisation_fen + villages_fen + households_fen),
    CONSTRAINT distributions_state__wrong_state CHECK (state IN ('proposed', 'approved', 'funded', 'refused')),
    CONSTRAINT distributions_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX distributions_by_supplier ON distributions (county, supplier_id, id);
CREATE INDEX distributions_waiting ON distributions (county, id) WHERE state IN ('proposed', 'approved');
CALL describe('distributions', 'One sharing-out of wages, rent, dividends, trusteeship returns or post subsidies by an organisation''s rule (收益分配), frozen with its reasons.', '
county | county code, first key
id | distribution id
supplier_id | organisation whose rule it follows
rule_version | that rule
purpose | wage, rent, dividend, trusteeship or post_subsidy
income_kind | what it is to a household
title | what it is called
from_on | first day it is for
to_on | last day it is for; members are those of this day
source | retained: of what the organisation has in the books; paid_in: it pays the money in; subsidy: a payer does
payer_id | payer of a subsidy
pool_fen | what was shared
income_fen | income before costs, where the rule asks for it
organisation_fen | what stays with the organisation
villages_fen | what village collectives keep
households_fen | what households get
households_count | how many households get something
steps | the rule as it was applied
explanation | what each step came to
state | proposed, approved (owed), funded (payable) or refused
proposed_by | who reckoned it
proposed_at | when
decided_by | who approved or refused it, someone else
decided_at | when
reason | why it was refused
funded_by | who saw the money come in
funded_at | when the dues became payable
evidence | reference of the bank
version | ETag
');

-- owner: incomes
CREATE TABLE distribution_lines (
    county text NOT NULL,
    distribution_id uuid NOT NULL,
    position int NOT NULL,
    payee_kind text NOT NULL,
    payee_id uuid NOT NULL,
    area_code text NOT NULL,
    shares bigint NOT NULL DEFAULT 0,
    heads int NOT NULL DEFAULT 0,
    units_hundredths bigint NOT NULL DEFAULT 0,
    grade int NOT NULL DEFAULT 0,
    rate_fen bigint NOT NULL DEFAULT 0,
    received_fen bigint NOT NULL,
    amount_fen bigint NOT NULL,
    parts jsonb NOT NULL,
    CONSTRAINT distribution_lines_pkey PRIMARY KEY (county, distribution_id, position),
    CONSTRAINT distribution_lines_of__not_found FOREIGN KEY (county, distribution_id) REFERENCES distributions (county, id),
    CONSTRAINT distribution_lines_payee__invalid CHECK (payee_kind IN ('household', 'supplier')),
    CONSTRAINT distribution_lines_amount__invalid CHECK (amount_fen >= 0)
);
CREATE INDEX distribution_lines_by_payee ON distribution_lines (county, payee_id);
CALL describe('distribution_lines', 'Who gets what of a distribution and why: households, and the collectives of their villages. Append-only.', '
county | county code, first key
distribution_id | distribution
position | order: villages by code, then households
payee_kind | household, or supplier for a village collective
payee_id | its id
area_code | village
shares | membership shares of the day
heads | resident members of the day
units_hundredths | days, mu, sheep …, in hundredths
grade | grade of the post
rate_fen | rate of its agreement for a unit
received_fen | what a village was given to share; of a household its amount
amount_fen | what the payee gets
parts | which step gave how much by which weight
');

GRANT SELECT, INSERT ON payers, distribution_lines TO shanhuo_app;
GRANT SELECT, INSERT, UPDATE ON distributions TO shanhuo_app;

-- Sales must not claim what was paid as wage, rent, dividend or subsidy.
CREATE OR REPLACE VIEW impact_paid AS
    SELECT d.county, d.id AS due_id, d.payee_id AS household_id, i.result_on, d.amount_fen, l.shop_id, l.product_id, p.category_code,
           h.area_code, coalesce(a.status, 'bought') AS status, extract(year FROM l.harvested_on)::int AS production_year,
           coalesce(a.quantity_qty, (SELECT sum(c.quantity_qty)::bigint / greatest(count(*), 1)
                                     FROM contributions AS c
                                     WHERE c.county = d.county
                                       AND c.lot_id = d.lot_id
                                       AND c.household_id = d.payee_id
                                       AND c.mode = 'bought')) AS quantity_qty
    FROM dues AS d
    JOIN payout_items AS i
      ON i.county = d.county
     AND i.id = d.payout_item_id
     AND i.state = 'paid'
    JOIN households AS h
      ON h.county = d.county
     AND h.id = d.payee_id
    LEFT JOIN attributions AS a
           ON a.county = d.county
          AND a.id = d.attribution_id
    LEFT JOIN contributions AS c
           ON c.county = a.county
          AND c.id = a.contribution_id
    LEFT JOIN lots AS l
           ON l.county = d.county
          AND l.id = coalesce(c.lot_id, d.lot_id)
    LEFT JOIN products AS p
           ON p.county = l.county
          AND p.id = l.product_id
    WHERE d.payee_kind = 'household'
      AND d.income_kind = 'sale_of_produce';

-- owner: payouts
CREATE VIEW payouts_paid_incomes AS
    SELECT d.county, d.payee_id AS household_id, d.income_kind, i.result_on, d.amount_fen
    FROM dues AS d
    JOIN payout_items AS i
      ON i.county = d.county
     AND i.id = d.payout_item_id
     AND i.state = 'paid'
    WHERE d.payee_kind = 'household';
COMMENT ON VIEW payouts_paid_incomes IS 'What households were paid by a bank''s result, by kind of income: kinds are never summed together.';
GRANT SELECT ON payouts_paid_incomes TO shanhuo_app;

-- What waits for a decision gains distributions, whatever view other migrations made of it by now.
DO $$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW impact_decisions AS ' || rtrim(pg_get_viewdef('impact_decisions'::regclass), E'; \n') ||
        $decision$
    UNION ALL
    SELECT d.county, s.area_code, 'distribution', d.id, d.title, d.proposed_at, NULL, d.proposed_by
    FROM distributions AS d
    JOIN suppliers AS s ON s.county = d.county AND s.id = d.supplier_id
    WHERE d.state = 'proposed'
    UNION ALL
    SELECT d.county, s.area_code, 'distribution_funding', d.id, d.title, d.decided_at, NULL, d.decided_by
    FROM distributions AS d
    JOIN suppliers AS s ON s.county = d.county AND s.id = d.supplier_id
    WHERE d.state = 'approved'$decision$;
END
$$;
