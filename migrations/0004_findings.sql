-- Findings: what a check, a complaint or an audit found.

-- owner: findings, appended to by all
CREATE TABLE findings (
    county text NOT NULL,
    id uuid NOT NULL,
    class text NOT NULL,
    rule text NOT NULL,
    area_code text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    blocks_counting boolean NOT NULL DEFAULT false,
    detail jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'open',
    assigned_to uuid,
    due_on date,
    opened_by uuid,
    opened_at timestamptz NOT NULL,
    rectified_by uuid,
    rectified_at timestamptz,
    evidence text,
    closed_by uuid,
    closed_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT findings_pkey PRIMARY KEY (county, id),
    CONSTRAINT findings_class__invalid CHECK (class IN ('missing_key_field', 'abnormal_value', 'contradiction', 'repeated_id_number',
        'over_capacity', 'short_delivery', 'paid_then_refunded', 'not_reconciled', 'complaint', 'audit')),
    CONSTRAINT findings_state__invalid CHECK (state IN ('open', 'rectified', 'closed')),
    CONSTRAINT findings_four_eyes__own_entry CHECK (closed_by IS NULL OR rectified_by IS NULL OR closed_by <> rectified_by)
);
CREATE INDEX findings_by_subject ON findings (county, subject_id);
CREATE INDEX findings_open ON findings (county, area_code text_pattern_ops, opened_at) WHERE state <> 'closed';
CREATE UNIQUE INDEX findings_open__taken ON findings (county, subject_id, rule) WHERE state = 'open';
CALL describe('findings', 'What a check, a complaint or an audit found (核查问题): open until rectified with evidence, closed by someone else.', '
county | county code, first key
id | finding id
class | one of the four data-quality classes, or what else it is about
rule | name of the rule that found it
area_code | village or county it belongs to, for the worklist
subject_kind | table of what it is about
subject_id | its id
blocks_counting | while open, its household is not counted as impact
detail | row, column, values: masked, never a full number
state | open, rectified or closed
assigned_to | who shall mend it
due_on | until when
opened_by | who opened it; null: a check
opened_at | when
rectified_by | who says it is mended
rectified_at | when
evidence | with what evidence
closed_by | who agreed, someone else
closed_at | when
version | ETag
');

-- Households that no impact may be claimed for while a finding on them is open.
CREATE VIEW findings_blocked_households AS
    SELECT DISTINCT county, subject_id AS household_id
    FROM findings
    WHERE subject_kind = 'households' AND blocks_counting AND state <> 'closed';
COMMENT ON VIEW findings_blocked_households IS 'Households not counted while a blocking finding is open.';

GRANT SELECT, INSERT ON findings TO shanhuo_app;
GRANT UPDATE (state, assigned_to, due_on, rectified_by, rectified_at, evidence, closed_by, closed_at, version) ON findings TO shanhuo_app;
GRANT SELECT ON findings_blocked_households TO shanhuo_app;
