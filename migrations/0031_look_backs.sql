-- Looking back (回头看): many statuses corrected at once, agreed to by a second officer; and what was known on a day.

ALTER TABLE imports
    DROP CONSTRAINT imports_kind__invalid,
    ADD CONSTRAINT imports_kind__invalid CHECK (kind IN ('households', 'products', 'look_backs'));
COMMENT ON COLUMN imports.kind IS 'households, products or look_backs';

-- owner: registry
CREATE TABLE look_backs (
    county text NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    source text NOT NULL,
    rows_count int NOT NULL,
    removed_count int NOT NULL,
    added_count int NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    reason text,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT look_backs_pkey PRIMARY KEY (county, id),
    CONSTRAINT look_backs_import__not_found FOREIGN KEY (county, id) REFERENCES imports (county, id),
    CONSTRAINT look_backs_state__invalid CHECK (state IN ('proposed', 'done', 'refused')),
    CONSTRAINT look_backs_decision__invalid CHECK ((state = 'proposed') = (decided_at IS NULL)),
    CONSTRAINT look_backs_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CALL describe('look_backs', 'A looking-back (回头看): what a re-verification found wrong in a county''s register, as one file; it counts once a second officer agreed.', '
county | county code, first key
id | its id, that of the import it came with
title | what it is called
source | document of the re-verification
rows_count | households it corrects
removed_count | of them, wrongly in the register
added_count | of them, wrongly left out
state | proposed, done or refused
proposed_by | who handed the file in
proposed_at | when it was read
decided_by | who decided, someone else
decided_at | when
reason | why it was refused
version | ETag
');

-- owner: registry
CREATE TABLE look_back_rows (
    county text NOT NULL,
    look_back_id uuid NOT NULL,
    household_id uuid NOT NULL,
    status_before text NOT NULL,
    status text NOT NULL,
    valid_from date NOT NULL,
    reason text NOT NULL,
    CONSTRAINT look_back_rows__taken PRIMARY KEY (county, look_back_id, household_id),
    CONSTRAINT look_back_rows_look_back__not_found FOREIGN KEY (county, look_back_id) REFERENCES look_backs (county, id),
    CONSTRAINT look_back_rows_household__not_found FOREIGN KEY (county, household_id) REFERENCES households (county, id),
    CONSTRAINT look_back_rows_status__notice_open CHECK (status IN ('registered', 'returned', 'removed', 'never_registered'))
);
CALL describe('look_back_rows', 'One household a looking-back corrects, with its reason. Append-only.', '
county | county code, first key
look_back_id | looking-back
household_id | household
status_before | what it was held to be when the file was read
status | what it is; an exit needs its own case and notice
valid_from | from which day on
reason | why, as the file says
');
GRANT SELECT, INSERT ON look_backs, look_back_rows TO shanhuo_app;
GRANT UPDATE (state, decided_by, decided_at, reason, version) ON look_backs TO shanhuo_app;

ALTER TABLE household_statuses
    ADD COLUMN look_back_id uuid,
    DROP CONSTRAINT household_statuses_gate__notice_open,
    ADD CONSTRAINT household_statuses_gate__notice_open CHECK (origin = 'import' OR (case_id IS NOT NULL AND publicity_id IS NOT NULL)
        OR (origin = 'correction' AND status <> 'exited_supported' AND (case_id IS NOT NULL OR look_back_id IS NOT NULL))),
    ADD CONSTRAINT household_statuses_look_back__not_found FOREIGN KEY (county, look_back_id, household_id)
        REFERENCES look_back_rows (county, look_back_id, household_id);
COMMENT ON COLUMN household_statuses.look_back_id IS 'the looking-back it was corrected by';

-- The last instant of a business day: what was known on it was known then.
CREATE FUNCTION day_end(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((day + 1)::timestamp - interval '1 microsecond') AT TIME ZONE 'Asia/Shanghai'
$$;
COMMENT ON FUNCTION day_end IS 'The last instant of a business day in Asia/Shanghai.';
