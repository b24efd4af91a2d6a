-- Registry: organisations, households, status, baselines, agreements, publicity. A dated copy of the official registry.

-- owner: registry
CREATE TABLE stations (
    county text NOT NULL,
    id uuid NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    name text NOT NULL,
    services text[] NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'proposed',
    opened_on date,
    closed_on date,
    proposed_by uuid,
    decided_by uuid,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT stations_pkey PRIMARY KEY (county, id),
    CONSTRAINT stations_area__invalid CHECK (starts_with(area_code, county)),
    CONSTRAINT stations_state__invalid CHECK (state IN ('proposed', 'open', 'closed', 'refused')),
    CONSTRAINT stations_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CALL describe('stations', 'A village e-commerce service station (电商扶贫站点): hosts shops, takes in goods, ships; also a storage place.', '
county | county code, first key
id | station id
area_code | village it stands in
name | name on the door
services | what it offers
state | proposed, open, closed or refused
opened_on | first business day
closed_on | last business day
proposed_by | who entered it; null: command line
decided_by | who approved or refused it, someone else
created_at | when it was entered
version | ETag
');

-- owner: registry
CREATE TABLE shops (
    county text NOT NULL,
    id uuid NOT NULL,
    station_id uuid NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    kind text NOT NULL DEFAULT 'village',
    name text NOT NULL,
    story text NOT NULL DEFAULT '',
    platform_fee_ppm int NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid,
    decided_by uuid,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT shops_pkey PRIMARY KEY (county, id),
    CONSTRAINT shops_station__not_found FOREIGN KEY (county, station_id) REFERENCES stations (county, id),
    CONSTRAINT shops_kind__invalid CHECK (kind IN ('village', 'county_pavilion', 'county_centre')),
    CONSTRAINT shops_fee__invalid CHECK (platform_fee_ppm BETWEEN 0 AND 300000),
    CONSTRAINT shops_state__invalid CHECK (state IN ('proposed', 'open', 'suspended', 'closed', 'refused')),
    CONSTRAINT shops_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX shops_by_area ON shops (county, area_code text_pattern_ops);
CALL describe('shops', 'An online shop of a village (网店), run by operators, hosted by a station.', '
county | county code, first key
id | shop id; operators are role grants with this organisation
station_id | station that hosts it
area_code | village it belongs to
kind | village shop, county pavilion (re-lists) or the county centre itself
name | shop name
story | what its page tells
platform_fee_ppm | platform fee in parts per million of line gross
state | proposed, open, suspended, closed or refused
proposed_by | who entered it
decided_by | who approved or refused it, someone else
created_at | when it was entered
version | ETag
');

-- owner: registry
CREATE TABLE freight_rules (
    county text NOT NULL,
    shop_id uuid NOT NULL,
    destination text NOT NULL,
    first_g bigint NOT NULL,
    first_fen bigint NOT NULL,
    further_g bigint NOT NULL,
    further_fen bigint NOT NULL,
    delivered boolean NOT NULL DEFAULT true,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT freight_rules_pkey PRIMARY KEY (county, shop_id, destination),
    CONSTRAINT freight_rules_shop__not_found FOREIGN KEY (county, shop_id) REFERENCES shops (county, id),
    CONSTRAINT freight_rules_amounts__invalid CHECK (first_g > 0 AND further_g > 0 AND first_fen >= 0 AND further_fen >= 0),
    CONSTRAINT freight_rules_destination__invalid CHECK (destination ~ '^[0-9]{0,12}$')
);
CALL describe('freight_rules', 'What a shop charges the buyer for freight (运费表): the longest matching destination prefix counts.', '
county | county code, first key
shop_id | the shop
destination | area code prefix of the address; empty text: anywhere
first_g | grams the first price covers
first_fen | price up to first_g
further_g | grams of each further step
further_fen | price of each further step begun
delivered | false: not delivered there
version | ETag
');

-- owner: registry
CREATE TABLE households (
    county text NOT NULL,
    id uuid NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    card_number text NOT NULL,
    head_name_masked text NOT NULL,
    head_name_sealed bytea NOT NULL,
    phone_masked text,
    phone_sealed bytea,
    phone_tail text,
    payee_bank text,
    payee_account_masked text,
    payee_account_sealed bytea,
    cause text,
    degree text,
    land_mu_hundredths bigint,
    helper_account_id uuid,
    passbook_code_hash text,
    consent_on date,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT households_pkey PRIMARY KEY (county, id),
    CONSTRAINT households_card__taken UNIQUE (county, card_number),
    CONSTRAINT households_area__invalid CHECK (starts_with(area_code, county))
);
CREATE INDEX households_by_area ON households (county, area_code text_pattern_ops, id);
CALL describe('households', 'A household of the registry (贫困户). Names and numbers only masked or sealed.', '
county | county code, first key
id | household id
area_code | village it belongs to
card_number | number of its card (户编号), unique in the county
head_name_masked | name of its head, masked
head_name_sealed | the name, encrypted, bound to this row
phone_masked | phone, masked
phone_sealed | phone, encrypted
phone_tail | last four digits, to find it at the counter
payee_bank | bank of the payee account
payee_account_masked | payee account, masked
payee_account_sealed | payee account, encrypted
cause | cause of poverty, code
degree | degree of poverty, code
land_mu_hundredths | farmed land in hundredths of a mu
helper_account_id | the helper responsible
passbook_code_hash | hash of the code on the paper slip that opens the passbook
consent_on | day of the household''s consent to processing
created_at | when it entered
version | ETag
');

-- owner: registry
CREATE TABLE members (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    relation text NOT NULL,
    name_masked text NOT NULL,
    name_sealed bytea NOT NULL,
    id_number_masked text,
    id_number_sealed bytea,
    id_number_index text,
    birth_on date,
    sex text,
    work_ability text,
    disabled boolean,
    minority boolean,
    resident boolean NOT NULL DEFAULT true,
    valid_from date NOT NULL,
    valid_to date,
    CONSTRAINT members_pkey PRIMARY KEY (county, id),
    CONSTRAINT members_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id)
);
CREATE INDEX members_by_household ON members (county, household_id);
CREATE INDEX members_by_id_number ON members (county, id_number_index);
CALL describe('members', 'A person of a household with the days the person belonged to it.', '
county | county code, first key
id | member id
household_id | household
relation | relation to the head, code
name_masked | name, masked
name_sealed | name, encrypted
id_number_masked | resident ID number, masked
id_number_sealed | resident ID number, encrypted
id_number_index | keyed hash of the normalised ID number, hex
birth_on | birthday
sex | m or f
work_ability | code
disabled | has a disability
minority | belongs to an ethnic minority
resident | lives there most of the year (常住)
valid_from | first day in the household
valid_to | first day no longer in it
');

-- owner: registry
CREATE TABLE id_number_holders (
    id_number_index text NOT NULL,
    county text NOT NULL,
    member_id uuid NOT NULL,
    CONSTRAINT id_number_holders_pkey PRIMARY KEY (id_number_index)
);
CALL describe('id_number_holders', 'The first holder of each ID number, by keyed hash, across all counties; a second one is a finding.', '
id_number_index | keyed hash, hex
county | county of the holder
member_id | the member
');

-- owner: registry
CREATE TABLE household_statuses (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    status text NOT NULL,
    valid daterange NOT NULL,
    known tstzrange NOT NULL,
    reason text NOT NULL,
    source text NOT NULL,
    recorded_by uuid,
    CONSTRAINT household_statuses_pkey PRIMARY KEY (county, id),
    CONSTRAINT household_statuses_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT household_statuses_status__invalid CHECK (status IN ('registered', 'exited_supported', 'returned', 'removed', 'never_registered')),
    CONSTRAINT household_statuses__conflict EXCLUDE USING gist (county WITH =, household_id WITH =, valid WITH &&, known WITH &&)
);
CREATE INDEX household_statuses_by_household ON household_statuses (county, household_id);
CALL describe('household_statuses', 'Status of a household (身份状态), bitemporal: when it was true and when we knew it. Only known''s end may be set.', '
county | county code, first key
id | row id
household_id | household
status | registered, exited_supported, returned, removed or never_registered
valid | days on which it was true
known | time during which we held it true
reason | why it changed
source | document or import
recorded_by | account; null: command line
');

-- owner: registry
CREATE TABLE income_baselines (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    year int NOT NULL,
    kind text NOT NULL,
    category_code text,
    amount_fen bigint NOT NULL,
    concept text NOT NULL,
    method text NOT NULL,
    full_survey boolean NOT NULL DEFAULT false,
    source text NOT NULL,
    collected_on date NOT NULL,
    CONSTRAINT income_baselines_pkey PRIMARY KEY (county, id),
    CONSTRAINT income_baselines_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT income_baselines_kind__invalid CHECK (kind IN ('sale_of_produce', 'wage', 'rent', 'dividend', 'post_subsidy', 'tourism', 'transfer', 'other')),
    CONSTRAINT income_baselines_concept__invalid CHECK (concept IN ('net', 'disposable')),
    CONSTRAINT income_baselines_method__invalid CHECK (method IN ('registry', 'survey'))
);
CREATE INDEX income_baselines_by_household ON income_baselines (county, household_id, year);
CALL describe('income_baselines', 'Income of a household in a base year by source (基期收入). Append-only: a later survey is a later row.', '
county | county code, first key
id | row id
household_id | household
year | base year
kind | kind of income, never mixed
category_code | goods category for sale of produce
amount_fen | fen a year, for the whole household
concept | net or disposable
method | registry or survey
full_survey | true: all income of the household was surveyed
source | document
collected_on | day it was collected
');

-- owner: registry
CREATE TABLE household_costs (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    category_code text NOT NULL,
    year int NOT NULL,
    amount_fen bigint NOT NULL,
    produced_qty bigint NOT NULL,
    evidence text NOT NULL,
    document text NOT NULL,
    recorded_by uuid,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT household_costs_pkey PRIMARY KEY (county, id),
    CONSTRAINT household_costs_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT household_costs_evidence__invalid CHECK (evidence IN ('receipt', 'cooperative_book', 'declared')),
    CONSTRAINT household_costs_amounts__invalid CHECK (amount_fen >= 0 AND produced_qty > 0)
);
CREATE INDEX household_costs_by_household ON household_costs (county, household_id, year);
CALL describe('household_costs', 'Evidenced production costs of a household for a category and year. Append-only.', '
county | county code, first key
id | row id
household_id | household
category_code | goods category
year | production year
amount_fen | costs of the whole production
produced_qty | what was produced with them, base units
evidence | receipt, cooperative_book or declared
document | reference of the evidence
recorded_by | who entered it
recorded_at | when
');

-- owner: registry
CREATE TABLE household_capacities (
    county text NOT NULL,
    household_id uuid NOT NULL,
    category_code text NOT NULL,
    year int NOT NULL,
    produce_qty_max bigint NOT NULL,
    basis text NOT NULL,
    CONSTRAINT household_capacities_pkey PRIMARY KEY (county, household_id, category_code, year),
    CONSTRAINT household_capacities_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id)
);
CALL describe('household_capacities', 'What a household can plausibly produce of a category in a year, from its land, animals and last years.', '
county | county code, first key
household_id | household
category_code | goods category
year | production year
produce_qty_max | base units
basis | how that was reckoned
');

-- owner: registry
CREATE TABLE poverty_lines (
    area_code text NOT NULL,
    year int NOT NULL,
    name text NOT NULL,
    price_basis_year int NOT NULL,
    concept text NOT NULL,
    amount_fen bigint NOT NULL,
    source text NOT NULL,
    recorded_by uuid,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT poverty_lines__taken PRIMARY KEY (area_code, year, name),
    CONSTRAINT poverty_lines_concept__invalid CHECK (concept IN ('net', 'disposable')),
    CONSTRAINT poverty_lines_amount__invalid CHECK (amount_fen > 0)
);
CALL describe('poverty_lines', 'Poverty lines (扶贫标准), yuan a person and year, as published. Reference table; none is built in; several hold at once.', '
area_code | where it applies, by prefix; empty text is the nation
year | year it applies to
name | which line, such as national or provincial
price_basis_year | prices of which year
concept | net or disposable income
amount_fen | fen a person and year
source | the official source
recorded_by | who entered it
recorded_at | when
');

-- owner: registry
CREATE TABLE suppliers (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    household_id uuid,
    area_code text NOT NULL REFERENCES areas (code),
    name text NOT NULL,
    credit_code text,
    payee_bank text,
    payee_account_masked text,
    payee_account_sealed bytea,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid,
    decided_by uuid,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT suppliers_pkey PRIMARY KEY (county, id),
    CONSTRAINT suppliers_household__taken UNIQUE (county, household_id),
    CONSTRAINT suppliers_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT suppliers_kind__invalid CHECK ((kind = 'household') = (household_id IS NOT NULL) AND kind IN ('household', 'cooperative', 'enterprise', 'collective', 'other')),
    CONSTRAINT suppliers_state__invalid CHECK (state IN ('proposed', 'active', 'closed', 'refused')),
    CONSTRAINT suppliers_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CALL describe('suppliers', 'Who delivers goods (供货方): a household, a cooperative, an enterprise, a village collective, or another who is never counted.', '
county | county code, first key
id | supplier id
kind | household, cooperative, enterprise, collective or other
household_id | the household, where it is one
area_code | village
name | name; masked for a household
credit_code | unified social credit code of an organisation
payee_bank | bank of the payee account
payee_account_masked | payee account, masked
payee_account_sealed | payee account, encrypted
state | proposed, active, closed or refused
proposed_by | who entered it
decided_by | who approved or refused it, someone else
created_at | when it was entered
version | ETag
');

-- owner: registry
CREATE TABLE distribution_rules (
    county text NOT NULL,
    supplier_id uuid NOT NULL,
    version int NOT NULL,
    kind text NOT NULL DEFAULT 'shares',
    retain_ppm int NOT NULL,
    valid_from date NOT NULL,
    words text NOT NULL,
    proposed_by uuid,
    decided_by uuid,
    decided_at timestamptz,
    CONSTRAINT distribution_rules__conflict PRIMARY KEY (county, supplier_id, version),
    CONSTRAINT distribution_rules_supplier__not_found FOREIGN KEY (county, supplier_id) REFERENCES suppliers (county, id),
    CONSTRAINT distribution_rules_kind__invalid CHECK (kind IN ('shares', 'per_head')),
    CONSTRAINT distribution_rules_retain__invalid CHECK (retain_ppm BETWEEN 0 AND 1000000),
    CONSTRAINT distribution_rules_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CALL describe('distribution_rules', 'How a cooperative, enterprise or collective shares what its deliveries earn among member households (分配规则), versioned by first day.', '
county | county code, first key
supplier_id | whose rule
version | 1, 2, …
kind | shares: by membership shares; per_head: every member the same
retain_ppm | what the organisation keeps, parts per million of the due
valid_from | first business day; holds until the next approved version''s
words | the rule in words
proposed_by | who entered it
decided_by | who approved it, someone else; null: not in force
decided_at | when
');

-- owner: registry
CREATE TABLE memberships (
    county text NOT NULL,
    supplier_id uuid NOT NULL,
    household_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    shares bigint NOT NULL,
    CONSTRAINT memberships_pkey PRIMARY KEY (county, supplier_id, household_id, valid_from),
    CONSTRAINT memberships__conflict EXCLUDE USING gist (county WITH =, supplier_id WITH =, household_id WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT memberships_supplier__not_found FOREIGN KEY (county, supplier_id) REFERENCES suppliers (county, id),
    CONSTRAINT memberships_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT memberships_shares__invalid CHECK (shares > 0)
);
CREATE INDEX memberships_by_household ON memberships (county, household_id);
CALL describe('memberships', 'Households that belong to a cooperative or are linked to an enterprise, with shares and days.', '
county | county code, first key
supplier_id | cooperative, enterprise or collective
household_id | member
valid_from | first business day
valid_to | first business day no longer a member
shares | weight in the split
');

-- owner: registry
CREATE TABLE link_agreements (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    counterparty_kind text NOT NULL,
    counterparty_id uuid NOT NULL,
    version int NOT NULL DEFAULT 1,
    mode text NOT NULL,
    price_rule text NOT NULL,
    floor_price_fen bigint NOT NULL DEFAULT 0,
    price_qty bigint NOT NULL DEFAULT 500,
    share_ppm int NOT NULL DEFAULT 0,
    category_code text,
    signed_at timestamptz NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid,
    decided_by uuid,
    decided_at timestamptz,
    CONSTRAINT link_agreements_pkey PRIMARY KEY (county, id),
    CONSTRAINT link_agreements_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT link_agreements_counterparty__invalid CHECK (counterparty_kind IN ('shop', 'supplier')),
    CONSTRAINT link_agreements_mode__invalid CHECK (mode IN ('purchase', 'wage', 'rent', 'dividend', 'trusteeship')),
    CONSTRAINT link_agreements_rule__invalid CHECK (price_rule IN ('farm_gate', 'share', 'larger_of') AND floor_price_fen >= 0 AND price_qty > 0 AND share_ppm BETWEEN 0 AND 1000000),
    CONSTRAINT link_agreements_validity__invalid CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT link_agreements_state__invalid CHECK (state IN ('proposed', 'in_force', 'ended', 'refused')),
    CONSTRAINT link_agreements_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX link_agreements_by_household ON link_agreements (county, household_id, counterparty_id);
CALL describe('link_agreements', 'Link agreement (利益联结协议) between a household and a shop or a cooperative or enterprise. No agreement in force on the day, no impact claim.', '
county | county code, first key
id | agreement id
household_id | household
counterparty_kind | shop or supplier (cooperative, enterprise, collective)
counterparty_id | its id
version | grows when terms are renewed
mode | purchase, wage, rent, dividend or trusteeship
price_rule | farm_gate, share or larger_of
floor_price_fen | floor price per price_qty
price_qty | base units the floor price is for
share_ppm | household''s share of the line''s net, parts per million
category_code | goods it covers; null: all
signed_at | when it was signed; a later sale than this counts, an earlier never
valid_from | first day
valid_to | first day no longer
state | proposed, in_force, ended or refused
proposed_by | who entered it
decided_by | who approved it, someone else
decided_at | when
');

-- owner: registry, appended to by all
CREATE TABLE publicities (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    area_code text NOT NULL,
    title text NOT NULL,
    content jsonb NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    released_by uuid,
    created_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    CONSTRAINT publicities_pkey PRIMARY KEY (county, id),
    CONSTRAINT publicities_kind__invalid CHECK (kind IN ('payout', 'identification', 'exit', 'subsidy', 'announcement')),
    CONSTRAINT publicities_period__invalid CHECK (ends_at > starts_at)
);
CREATE INDEX publicities_by_subject ON publicities (county, subject_id);
CREATE INDEX publicities_newest ON publicities (id DESC) WHERE withdrawn_at IS NULL;
CREATE INDEX publicities_by_time ON publicities (county, starts_at, id);
CALL describe('publicities', 'A public notice (公示) with a period for objections. Content holds masked names only.', '
county | county code, first key
id | notice id
kind | payout, identification, exit, subsidy or announcement
subject_kind | table of what it is about
subject_id | its id
area_code | where it hangs
title | heading
content | masked lines as shown
starts_at | from
ends_at | until
released_by | who released it
created_at | when it was made
withdrawn_at | when it was taken back; a withdrawn notice opens no gate
');

-- owner: registry
CREATE TABLE objections (
    county text NOT NULL,
    id uuid NOT NULL,
    publicity_id uuid NOT NULL,
    raised_by uuid,
    words text NOT NULL,
    contact_sealed bytea,
    raised_at timestamptz NOT NULL,
    answer text,
    upheld boolean,
    answered_by uuid,
    answered_at timestamptz,
    CONSTRAINT objections_pkey PRIMARY KEY (county, id),
    CONSTRAINT objections_publicity__not_found FOREIGN KEY (county, publicity_id) REFERENCES publicities (county, id)
);
CREATE INDEX objections_by_publicity ON objections (county, publicity_id);
CALL describe('objections', 'An objection to a public notice (异议); open until answered, an upheld one keeps the gate shut.', '
county | county code, first key
id | objection id
publicity_id | notice
raised_by | account, or null for someone without one
words | what is objected
contact_sealed | how to reach the person, encrypted
raised_at | when
answer | what was answered
upheld | whether it was right
answered_by | who answered
answered_at | when; null while open
');

-- owner: registry
CREATE TABLE payee_changes (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    payee_bank text NOT NULL,
    payee_account_masked text NOT NULL,
    payee_account_sealed bytea NOT NULL,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    CONSTRAINT payee_changes_pkey PRIMARY KEY (county, id),
    CONSTRAINT payee_changes_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT payee_changes_state__invalid CHECK (state IN ('proposed', 'accepted', 'refused')),
    CONSTRAINT payee_changes_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX payee_changes_open__conflict ON payee_changes (county, household_id) WHERE state = 'proposed';
CALL describe('payee_changes', 'A payee account a household shall get (收款账户变更): it counts only after a second officer has agreed.', '
county | county code, first key
id | change id
household_id | household
payee_bank | bank
payee_account_masked | account, masked
payee_account_sealed | account, encrypted for its place in households
reason | why it changes
state | proposed, accepted or refused
proposed_by | who entered it
proposed_at | when
decided_by | who decided, someone else
decided_at | when
');

-- owner: registry
CREATE TABLE imports (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    file_hash text NOT NULL,
    content bytea,
    dry_run boolean NOT NULL,
    only_clean boolean NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    rows_read int,
    rows_taken int,
    report jsonb,
    refused bytea,
    requested_by uuid,
    requested_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT imports_pkey PRIMARY KEY (county, id),
    CONSTRAINT imports_kind__invalid CHECK (kind IN ('households')),
    CONSTRAINT imports_state__invalid CHECK (state IN ('waiting', 'running', 'done', 'refused'))
);
CREATE INDEX imports_waiting ON imports (requested_at) WHERE state = 'waiting';
CALL describe('imports', 'A file handed in for import and what became of it.', '
county | county code, first key
id | import id
kind | households
file_name | name of the file
file_hash | SHA-256 of its bytes, hex
content | the file while it waits, encrypted; emptied when done
dry_run | check only
only_clean | take the clean rows, keep the others in refused
state | waiting, running, done or refused
rows_read | rows in the file
rows_taken | rows imported
report | every problem with row, column, rule and reason
refused | the rows not taken, as CSV, encrypted
requested_by | who handed it in; null: command line
requested_at | when
finished_at | when it was done
');

-- Who shares in what a supplier delivers: a household in its own, an organisation's members in its. An organisation itself is a row without
-- a household: a WHERE here would keep PostgreSQL from looking up single suppliers.
CREATE VIEW registry_beneficiaries AS
    SELECT county, id AS supplier_id, household_id, 1::bigint AS shares, '0001-01-01'::date AS valid_from, NULL::date AS valid_to
    FROM suppliers
    UNION ALL
    SELECT county, supplier_id, household_id, shares, valid_from, valid_to
    FROM memberships;
COMMENT ON VIEW registry_beneficiaries IS 'Households that share in what a supplier delivers, with shares and days; household_id is null for an organisation itself.';

-- What other subjects may show of an area and of a household.
CREATE VIEW registry_area_names AS
    SELECT code, name
    FROM areas;
COMMENT ON VIEW registry_area_names IS 'Areas by code with their names.';
CREATE VIEW registry_households_masked AS
    SELECT county, id, area_code, card_number, head_name_masked
    FROM households;
COMMENT ON VIEW registry_households_masked IS 'Households as lists show them: card and masked head.';
CREATE VIEW registry_passbooks AS
    SELECT county, id AS household_id, area_code, card_number, head_name_masked, passbook_code_hash
    FROM households;
COMMENT ON VIEW registry_passbooks IS 'What opens a household''s passbook: its card and the hash of the printed code.';

GRANT SELECT ON registry_beneficiaries, registry_area_names, registry_households_masked, registry_passbooks TO shanhuo_app;
GRANT SELECT, INSERT, UPDATE ON stations, shops, freight_rules, households, members, id_number_holders, suppliers, memberships,
    link_agreements, household_capacities, payee_changes, imports TO shanhuo_app;
GRANT DELETE ON freight_rules, id_number_holders TO shanhuo_app;
GRANT SELECT, INSERT ON income_baselines, household_costs, poverty_lines, publicities, objections, household_statuses, distribution_rules TO shanhuo_app;
GRANT UPDATE (known) ON household_statuses TO shanhuo_app;
GRANT UPDATE (withdrawn_at) ON publicities TO shanhuo_app;
GRANT UPDATE (answer, upheld, answered_by, answered_at) ON objections TO shanhuo_app;
GRANT UPDATE (decided_by, decided_at) ON distribution_rules TO shanhuo_app;

CREATE VIEW registry_organisations AS
SELECT county, id, 'shop' AS kind, area_code
FROM shops
UNION ALL
SELECT county, id, 'station', area_code
FROM stations
UNION ALL
SELECT county, id, 'supplier', area_code
FROM suppliers
UNION ALL
SELECT county, id, 'household', area_code
FROM households;
COMMENT ON VIEW registry_organisations IS 'Whatever a role can be bound to besides an area.';
GRANT SELECT ON registry_organisations TO shanhuo_app;
