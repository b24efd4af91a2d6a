-- Cases: a change of the registry on its way through the people who must agree, and the gate no status passes without its public notice.

ALTER TABLE role_grants
    DROP CONSTRAINT role_grants_role__invalid,
    ADD CONSTRAINT role_grants_role__invalid CHECK (role IN ('operator', 'inspector', 'cadre', 'team', 'township', 'county', 'finance', 'auditor',
        'viewer', 'household', 'administrator'));

CREATE VIEW accounts_names AS
    SELECT id, display_name
    FROM accounts;
COMMENT ON VIEW accounts_names IS 'What people at work are called, for who did what when.';
GRANT SELECT ON accounts_names TO shanhuo_app;

-- Objections stop a notice's clock; what the notice lost is added when the last one is answered.
ALTER TABLE publicities
    ADD COLUMN drafted_by uuid,
    ADD COLUMN clock_stopped_at timestamptz,
    ADD COLUMN objections_open int NOT NULL DEFAULT 0,
    ADD COLUMN objections_upheld int NOT NULL DEFAULT 0;
UPDATE publicities AS p
SET objections_open = o.open,
    objections_upheld = o.upheld,
    clock_stopped_at = CASE WHEN o.open > 0 THEN least(o.first_open_at, p.ends_at) END
FROM (SELECT county, publicity_id, count(*) FILTER (WHERE answered_at IS NULL) AS open, count(*) FILTER (WHERE upheld) AS upheld,
             min(raised_at) FILTER (WHERE answered_at IS NULL) AS first_open_at
      FROM objections
      GROUP BY county, publicity_id) AS o
WHERE o.county = p.county
  AND o.publicity_id = p.id;
ALTER TABLE publicities
    ADD COLUMN gate_shut boolean NOT NULL GENERATED ALWAYS AS (objections_open > 0 OR objections_upheld > 0 OR withdrawn_at IS NOT NULL) STORED,
    ADD CONSTRAINT publicities_objections__invalid CHECK (objections_open >= 0 AND objections_upheld >= 0),
    ADD CONSTRAINT publicities_clock__invalid CHECK ((clock_stopped_at IS NOT NULL) = (objections_open > 0)),
    ADD CONSTRAINT publicities_four_eyes__own_entry CHECK (drafted_by IS NULL OR released_by <> drafted_by),
    ADD CONSTRAINT publicities_gate__conflict UNIQUE (county, id, subject_id, ends_at, gate_shut);
COMMENT ON COLUMN publicities.drafted_by IS 'whose step it tells of: someone else than who released it; null: drafted and released as one';
COMMENT ON COLUMN publicities.clock_stopped_at IS 'since when an objection waits for its answer; null: the clock runs';
COMMENT ON COLUMN publicities.objections_open IS 'objections without an answer';
COMMENT ON COLUMN publicities.objections_upheld IS 'objections that were right';
COMMENT ON COLUMN publicities.gate_shut IS 'withdrawn, or something is held against it: it opens no gate';
GRANT UPDATE (ends_at, clock_stopped_at, objections_open, objections_upheld) ON publicities TO shanhuo_app;

-- owner: registry, appended to by all
CREATE TABLE publicity_passes (
    county text NOT NULL,
    publicity_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    ends_at timestamptz NOT NULL,
    gate_shut boolean NOT NULL DEFAULT false,
    passed_at timestamptz NOT NULL,
    CONSTRAINT publicity_passes_pkey PRIMARY KEY (county, publicity_id),
    CONSTRAINT publicity_passes_subject__conflict UNIQUE (county, publicity_id, subject_id),
    CONSTRAINT publicity_passes_period__notice_open CHECK (passed_at >= ends_at),
    CONSTRAINT publicity_passes_objections__notice_open CHECK (NOT gate_shut),
    CONSTRAINT publicity_passes_gate__notice_open FOREIGN KEY (county, publicity_id, subject_id, ends_at, gate_shut)
        REFERENCES publicities (county, id, subject_id, ends_at, gate_shut)
);
CALL describe('publicity_passes', 'Notices whose period has ended with nothing held against them. Append-only: its keys prove it, whoever writes.', '
county | county code, first key
publicity_id | the notice
subject_id | what it was about
ends_at | when it ended, as the notice itself says
gate_shut | always false, as the notice itself says
passed_at | when someone went through the gate
');
GRANT SELECT, INSERT ON publicity_passes TO shanhuo_app;

-- owner: registry
CREATE TABLE publicity_rules (
    county text NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    one_notice boolean NOT NULL,
    source text NOT NULL,
    set_by uuid NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT publicity_rules_pkey PRIMARY KEY (county, area_code),
    CONSTRAINT publicity_rules_area__invalid CHECK (starts_with(area_code, county))
);
CALL describe('publicity_rules', 'Where an identification needs one publicity instead of two: the longest matching area counts.', '
county | county code, first key
area_code | county, township or village
one_notice | one publicity before the announcement, not two
source | document that says so
set_by | who entered it
set_at | when
');
GRANT SELECT, INSERT, UPDATE ON publicity_rules TO shanhuo_app;

-- owner: registry
CREATE TABLE cases (
    county text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    household_id uuid,
    one_notice boolean NOT NULL DEFAULT false,
    reason text NOT NULL,
    about jsonb NOT NULL DEFAULT '{}',
    payload jsonb NOT NULL DEFAULT '{}',
    publicity_id uuid,
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    ended_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT cases_pkey PRIMARY KEY (county, id),
    CONSTRAINT cases_household__conflict UNIQUE (county, id, household_id),
    CONSTRAINT cases_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT cases_kind__invalid CHECK (kind IN ('entry', 'recognition', 'exit', 'return', 'member_in', 'member_out', 'move', 'correction',
        'village_entry', 'village_exit', 'village_merger')),
    CONSTRAINT cases_state__invalid CHECK (state IN ('evaluation', 'village_check', 'team_check', 'acceptance', 'notice', 'review', 'second_notice',
        'decision', 'announcement', 'done', 'refused', 'withdrawn')),
    CONSTRAINT cases_subject__invalid CHECK ((household_id IS NULL) = starts_with(kind, 'village_')),
    CONSTRAINT cases_end__invalid CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'refused', 'withdrawn'))),
    CONSTRAINT cases_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX cases_by_household ON cases (county, household_id, id);
CREATE INDEX cases_open ON cases (county, area_code text_pattern_ops, id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX cases_status__taken ON cases (county, household_id)
    WHERE ended_at IS NULL AND kind IN ('entry', 'recognition', 'exit', 'return', 'correction');
CREATE UNIQUE INDEX cases_move__taken ON cases (county, household_id) WHERE ended_at IS NULL AND kind = 'move';
CREATE UNIQUE INDEX cases_village__taken ON cases (county, area_code) WHERE ended_at IS NULL AND household_id IS NULL;
CALL describe('cases', 'A change of the registry on its way (办理事项): proposed by one, checked, published and decided by others, then written.', '
county | county code, first key
id | case id
kind | what shall change
state | the step it waits for, or done, refused or withdrawn
area_code | village it is about
household_id | household; null where a village itself is concerned
one_notice | with one publicity instead of two, as the rule of the place said when it began
reason | why, in the words of whoever proposed it
about | what shall change, masked, for people who decide
payload | what is written at the end, sealed where it is personal; never shown, and emptied when the case ends
publicity_id | its notice that counts for the gate
proposed_by | who entered it
proposed_at | when
decided_by | who decided at the county, someone else
ended_at | when it was done, refused or withdrawn
version | ETag
');

-- owner: registry
CREATE TABLE case_steps (
    county text NOT NULL,
    case_id uuid NOT NULL,
    step text NOT NULL,
    actor_id uuid NOT NULL,
    at timestamptz NOT NULL,
    accepted boolean NOT NULL,
    note text,
    votes_present int,
    votes_for int,
    evidence text,
    publicity_id uuid,
    CONSTRAINT case_steps__wrong_state PRIMARY KEY (county, case_id, step),
    CONSTRAINT case_steps_case__not_found FOREIGN KEY (county, case_id) REFERENCES cases (county, id),
    CONSTRAINT case_steps_votes__invalid CHECK (votes_for BETWEEN 0 AND votes_present)
);
CALL describe('case_steps', 'Who took which step of a case, when and with what. Append-only.', '
county | county code, first key
case_id | case
step | step, once a case
actor_id | who took it
at | when
accepted | yes, or no and so the end
note | words with it
votes_present | villagers at the meeting
votes_for | of them in favour
evidence | signed form, minutes, photo: the reference of what proves it
publicity_id | the notice it hung out
');

-- owner: registry
CREATE TABLE case_guarantees (
    county text NOT NULL,
    case_id uuid NOT NULL,
    guarantee text NOT NULL,
    evidence text NOT NULL,
    seen_on date NOT NULL,
    CONSTRAINT case_guarantees__taken PRIMARY KEY (county, case_id, guarantee),
    CONSTRAINT case_guarantees_case__not_found FOREIGN KEY (county, case_id) REFERENCES cases (county, id),
    CONSTRAINT case_guarantees_guarantee__invalid CHECK (guarantee IN ('food', 'clothing', 'education', 'medical_care', 'housing'))
);
CALL describe('case_guarantees', 'The five guarantees (两不愁三保障) of an exit, each as seen and with its evidence. Append-only.', '
county | county code, first key
case_id | the exit
guarantee | food, clothing, education, medical_care or housing
evidence | document or photo that shows it
seen_on | day it was seen
');
GRANT SELECT, INSERT ON cases, case_steps, case_guarantees TO shanhuo_app;
GRANT UPDATE (state, payload, publicity_id, decided_by, ended_at, version) ON cases TO shanhuo_app;

-- What was recorded until today came with the official registry's rows. From here on a status says which case and which notice it comes from.
ALTER TABLE household_statuses
    ADD COLUMN origin text NOT NULL DEFAULT 'import',
    ADD COLUMN case_id uuid,
    ADD COLUMN publicity_id uuid,
    ADD CONSTRAINT household_statuses_origin__invalid CHECK (origin IN ('import', 'case', 'correction')),
    ADD CONSTRAINT household_statuses_gate__notice_open CHECK (origin = 'import' OR (case_id IS NOT NULL
        AND (publicity_id IS NOT NULL OR (origin = 'correction' AND status <> 'exited_supported')))),
    ADD CONSTRAINT household_statuses_case__not_found FOREIGN KEY (county, case_id, household_id) REFERENCES cases (county, id, household_id),
    ADD CONSTRAINT household_statuses_pass__notice_open FOREIGN KEY (county, publicity_id, case_id)
        REFERENCES publicity_passes (county, publicity_id, subject_id);
ALTER TABLE household_statuses ALTER COLUMN origin SET DEFAULT 'case';
COMMENT ON COLUMN household_statuses.origin IS 'import: the official registry''s row; case: our own procedure; correction: the official registry was ahead of ours';
COMMENT ON COLUMN household_statuses.case_id IS 'the case that ended in it';
COMMENT ON COLUMN household_statuses.publicity_id IS 'the notice it passed: none, no exit';

ALTER TABLE members
    ADD COLUMN known_at timestamptz,
    ADD COLUMN end_known_at timestamptz,
    ADD COLUMN end_reason text;
COMMENT ON COLUMN members.known_at IS 'since when we know of this person; null: since the household was recorded';
COMMENT ON COLUMN members.end_known_at IS 'since when we know valid_to';
COMMENT ON COLUMN members.end_reason IS 'why the person left: death, marriage, moved_out or other';

-- owner: registry
CREATE TABLE household_places (
    county text NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    valid daterange NOT NULL,
    known tstzrange NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT household_places_pkey PRIMARY KEY (county, id),
    CONSTRAINT household_places_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT household_places_case__not_found FOREIGN KEY (county, case_id) REFERENCES cases (county, id),
    CONSTRAINT household_places__conflict EXCLUDE USING gist (county WITH =, household_id WITH =, valid WITH &&, known WITH &&)
);
CALL describe('household_places', 'Where a household lived before it moved, bitemporal; where it lives now stands in households. Append-only.', '
county | county code, first key
id | row id
household_id | household
area_code | the village
valid | days on which it lived there
known | time during which we held that true
case_id | the move or merger that ended it
');

-- owner: registry
CREATE TABLE village_mergers (
    county text NOT NULL,
    from_code text NOT NULL REFERENCES areas (code),
    into_code text NOT NULL REFERENCES areas (code),
    valid_from date NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT village_mergers__taken PRIMARY KEY (county, from_code),
    CONSTRAINT village_mergers_case__not_found FOREIGN KEY (county, case_id) REFERENCES cases (county, id),
    CONSTRAINT village_mergers_areas__invalid CHECK (from_code <> into_code AND starts_with(from_code, county) AND starts_with(into_code, county))
);
CALL describe('village_mergers', 'Villages that were merged into another for management; official codes change with their own editions. Append-only.', '
county | county code, first key
from_code | the village that is no more
into_code | the village it belongs to now
valid_from | first day
case_id | the case that decided it
');

-- owner: registry
CREATE TABLE village_statuses (
    county text NOT NULL,
    id uuid NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    status text NOT NULL,
    valid daterange NOT NULL,
    known tstzrange NOT NULL,
    persons int,
    poor_persons int,
    case_id uuid NOT NULL,
    publicity_id uuid NOT NULL,
    CONSTRAINT village_statuses_pkey PRIMARY KEY (county, id),
    CONSTRAINT village_statuses_status__invalid CHECK (status IN ('poor', 'exited')),
    CONSTRAINT village_statuses_persons__invalid CHECK (poor_persons BETWEEN 0 AND persons),
    CONSTRAINT village_statuses_case__not_found FOREIGN KEY (county, case_id) REFERENCES cases (county, id),
    CONSTRAINT village_statuses_pass__notice_open FOREIGN KEY (county, publicity_id, case_id)
        REFERENCES publicity_passes (county, publicity_id, subject_id),
    CONSTRAINT village_statuses__conflict EXCLUDE USING gist (county WITH =, area_code WITH =, valid WITH &&, known WITH &&)
);
CALL describe('village_statuses', 'Which villages are recognised as poor and which have left, bitemporal. Only known''s end may be set.', '
county | county code, first key
id | row id
area_code | village
status | poor or exited
valid | days on which it was true
known | time during which we held it true
persons | residents the rate was taken of
poor_persons | of them registered
case_id | the case that ended in it
publicity_id | the notice it passed
');

-- owner: registry
CREATE TABLE village_thresholds (
    area_code text NOT NULL,
    incidence_ppm int NOT NULL,
    source text NOT NULL,
    recorded_by uuid,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT village_thresholds__taken PRIMARY KEY (area_code),
    CONSTRAINT village_thresholds_incidence__invalid CHECK (incidence_ppm BETWEEN 1 AND 1000000)
);
CALL describe('village_thresholds', 'Below which incidence of poverty a village may exit, by area prefix: the longest counts. Reference table; none is built in.', '
area_code | where it applies, by prefix; empty text is the nation
incidence_ppm | parts per million of the village''s people
source | the official source
recorded_by | who entered it
recorded_at | when
');
GRANT SELECT, INSERT ON household_places, village_mergers, village_statuses, village_thresholds TO shanhuo_app;
GRANT UPDATE (known) ON village_statuses TO shanhuo_app;
