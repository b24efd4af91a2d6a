-- Who helps whom since when. households.helper_account_id stays what it is now; the days stand here. Teams are roles bound to a village,
-- with their own days.

-- owner: registry
CREATE TABLE household_helpers (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    valid daterange NOT NULL,
    entered_by uuid,
    entered_at timestamptz NOT NULL,
    ended_by uuid,
    ended_at timestamptz,
    CONSTRAINT household_helpers_pkey PRIMARY KEY (county, id),
    CONSTRAINT household_helpers_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT household_helpers__conflict EXCLUDE USING gist (county WITH =, household_id WITH =, valid WITH &&),
    CONSTRAINT household_helpers_days__invalid CHECK (NOT isempty(valid))
);
CREATE INDEX household_helpers_by_account ON household_helpers (county, account_id) WHERE upper_inf(valid);
CALL describe('household_helpers', 'The helper of a household (帮扶责任人) and the days on which they were: one at a time. Only the end of a row is ever written.', '
county | county code, first key
id | row id
household_id | household
account_id | the helper
valid | days on which they helped
entered_by | who entered it; null: taken over
entered_at | when
ended_by | who ended it
ended_at | when
');
INSERT INTO household_helpers (county, id, household_id, account_id, valid, entered_at)
SELECT h.county, gen_random_uuid(), h.id, h.helper_account_id, daterange((h.created_at AT TIME ZONE 'Asia/Shanghai')::date, NULL), h.created_at
FROM households AS h
JOIN accounts AS a
  ON a.id = h.helper_account_id;
GRANT SELECT, INSERT ON household_helpers TO shanhuo_app;
GRANT UPDATE (valid, ended_by, ended_at) ON household_helpers TO shanhuo_app;

CREATE INDEX households_without_helper ON households (county, area_code text_pattern_ops) WHERE helper_account_id IS NULL;
