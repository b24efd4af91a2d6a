-- Random re-checks: what was drawn from which frame by which seed, who went to see it, and what they found before they could know.

ALTER TABLE role_grants
    DROP CONSTRAINT role_grants_role__invalid,
    ADD CONSTRAINT role_grants_role__invalid CHECK (role IN ('operator', 'inspector', 'cadre', 'team', 'township', 'county', 'finance', 'auditor',
        'viewer', 'evaluator', 'household', 'administrator'));

-- owner: oversight
CREATE TABLE samples (
    county text NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    area_code text NOT NULL REFERENCES areas (code),
    frame text NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    seed text NOT NULL,
    frame_count int NOT NULL,
    frame_hash bytea NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL DEFAULT 'open',
    drawn_by uuid NOT NULL,
    drawn_at timestamptz NOT NULL,
    closed_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT samples_pkey PRIMARY KEY (county, id),
    CONSTRAINT samples_frame__invalid CHECK (frame IN ('households', 'exits', 'payments')),
    CONSTRAINT samples_frame_count__invalid CHECK (frame_count > 0),
    CONSTRAINT samples_period__invalid CHECK (from_on <= to_on),
    CONSTRAINT samples_area__invalid CHECK (starts_with(area_code, county)),
    CONSTRAINT samples_state__wrong_state CHECK (state IN ('open', 'closed'))
);
CALL describe('samples', 'A random re-check (抽查): cases drawn from a frame by a stored seed, so that anyone can draw them again.', '
county | county code, first key
id | sample id
title | what it is called
area_code | county, township or village it is about
frame | what was drawn from: households registered on the last day, exits or payments to households of the period
from_on | first day of the period
to_on | last day of the period
seed | cases are the first by SHA-256 of seed, a colon and the id of what is drawn
frame_count | how many were in the frame
frame_hash | SHA-256 over the ids of the frame, sorted, with commas between: shows whether the frame was another
due_on | last day to see the cases
state | open or closed
drawn_by | who had it drawn, and closes it
drawn_at | when
closed_at | when results could first be seen
version | ETag
');

-- owner: oversight
CREATE TABLE sample_cases (
    county text NOT NULL,
    sample_id uuid NOT NULL,
    number smallint NOT NULL,
    subject_id uuid NOT NULL,
    household_id uuid NOT NULL,
    area_code text NOT NULL,
    recorded_fen bigint,
    evaluator_id uuid NOT NULL,
    found text,
    found_fen bigint,
    words text,
    answered_at timestamptz,
    is_right boolean,
    CONSTRAINT sample_cases_pkey PRIMARY KEY (county, sample_id, number),
    CONSTRAINT sample_cases_subject__taken UNIQUE (county, sample_id, subject_id),
    CONSTRAINT sample_cases_sample__not_found FOREIGN KEY (county, sample_id) REFERENCES samples (county, id),
    CONSTRAINT sample_cases_found__invalid CHECK (found IN ('poor', 'not_poor', 'paid', 'not_found')),
    CONSTRAINT sample_cases_answer__invalid CHECK ((found IS NULL) = (answered_at IS NULL) AND (found = 'paid') = (found_fen IS NOT NULL))
);
CREATE INDEX sample_cases_of_evaluator ON sample_cases (evaluator_id, county, sample_id);
CALL describe('sample_cases', 'One case of a sample: whom the evaluator goes to see, and what was found there.', '
county | county code, first key
sample_id | sample
number | place in the draw, from 1
subject_id | what was drawn: household, or payment to it
household_id | household to see
area_code | its village on the day of the draw
recorded_fen | what the books said was paid, on the day of the draw; hidden from evaluators
evaluator_id | who sees it
found | poor, not_poor, paid (then how much) or not_found; null: not yet seen
found_fen | what the household says it got
words | what else the evaluator noted
answered_at | when; answers do not change
is_right | whether it agrees with the books; null until closed
');

GRANT SELECT, INSERT, UPDATE ON samples, sample_cases TO shanhuo_app;
