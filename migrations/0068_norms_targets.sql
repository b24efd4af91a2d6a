-- Cost norms and targets: dated, with their source, never overwritten. A figure by norm stands apart from one by evidence, always.

-- owner: impact
CREATE TABLE cost_norms (
    area_code text NOT NULL REFERENCES areas (code),
    category_code text NOT NULL,
    year int NOT NULL,
    amount_fen bigint NOT NULL,
    per_qty bigint NOT NULL,
    source text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    CONSTRAINT cost_norms__taken PRIMARY KEY (area_code, category_code, year),
    CONSTRAINT cost_norms_amounts__invalid CHECK (amount_fen >= 0 AND per_qty > 0),
    CONSTRAINT cost_norms_year__invalid CHECK (year BETWEEN 2000 AND 2100)
);
CALL describe('cost_norms', 'What producing goods of a category costs by norm (成本定额) in an area and year. The nearest area holds; none is built in.', '
area_code | province, prefecture or county
category_code | goods category
year | production year
amount_fen | costs of per_qty
per_qty | base units of the category the amount is for
source | who published it, where and when
entered_by | who entered it
entered_at | when
');

-- owner: indicators
CREATE TABLE targets (
    area_code text NOT NULL REFERENCES areas (code),
    id uuid NOT NULL,
    indicator text NOT NULL,
    part text NOT NULL,
    year int NOT NULL,
    base_year int,
    value bigint NOT NULL,
    source text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    CONSTRAINT targets_pkey PRIMARY KEY (area_code, id),
    CONSTRAINT targets_years__invalid CHECK (year BETWEEN 2000 AND 2100 AND (base_year IS NULL OR base_year BETWEEN 2000 AND year - 1))
);
CREATE INDEX targets_of ON targets (area_code, indicator, part, year, entered_at DESC);
CALL describe('targets', 'What an area shall reach of an indicator in a year (目标), over a base year where one is named. A newer row counts, older ones stay.', '
area_code | area it is for
id | target id
indicator | which indicator
part | which part of it
year | year to be reached in
base_year | year it is measured against, such as 2015; null: none
value | in the unit of the indicator
source | document it comes from
entered_by | who entered it
entered_at | when
');
GRANT SELECT, INSERT ON cost_norms, targets TO shanhuo_app;
