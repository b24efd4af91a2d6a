-- Records plan.statuses, and those of a looking-back that was agreed to, each from a day on. What we held true until now stays visible:
-- known ends, rows are added. What stays true for the days before keeps its case and notice.
WITH given AS MATERIALIZED (
    SELECT g.*
    FROM jsonb_to_recordset(:plan::jsonb -> 'statuses') AS g (
        county text, household_id uuid, status text, valid_from date, reason text, source text, origin text, case_id uuid, publicity_id uuid,
        look_back_id uuid)
    UNION ALL
    SELECT r.county, r.household_id, r.status, r.valid_from, r.reason, b.source, 'correction', NULL, NULL, r.look_back_id
    FROM jsonb_to_record(:plan::jsonb) AS p (look_back_county text, look_back_id uuid, state text)
    JOIN look_backs AS b
      ON b.county = p.look_back_county
     AND b.id = p.look_back_id
     AND p.state = 'done'
    JOIN look_back_rows AS r
      ON r.county = b.county
     AND r.look_back_id = b.id
), old AS MATERIALIZED (
    SELECT s.county, s.id, s.household_id, s.status, s.valid, s.reason, s.source, s.origin, s.case_id, s.publicity_id, s.look_back_id,
           given.valid_from
    FROM given
    JOIN household_statuses AS s
      ON s.county = given.county
     AND s.household_id = given.household_id
    WHERE upper_inf(s.known)
      AND s.valid && daterange(given.valid_from, NULL)
), closed AS (
    UPDATE household_statuses AS s
    SET known = tstzrange(lower(s.known), :now::timestamptz)
    FROM old
    WHERE s.county = old.county
      AND s.id = old.id
    RETURNING 1
), kept AS (
    INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source, recorded_by, origin, case_id, publicity_id,
                                    look_back_id)
    SELECT county, gen_random_uuid(), household_id, status, daterange(lower(valid), valid_from), tstzrange(:now::timestamptz, NULL), reason, source,
           :actor_id::uuid, origin, case_id, publicity_id, look_back_id
    FROM old
    WHERE lower(valid) < valid_from
      AND (SELECT count(*) FROM closed) > 0 -- what we knew ends before what we know begins
), recorded AS (
    INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source, recorded_by, origin, case_id, publicity_id,
                                    look_back_id)
    SELECT county, gen_random_uuid(), household_id, status, daterange(valid_from, NULL), tstzrange(:now::timestamptz, NULL), reason, source,
           :actor_id::uuid, origin, case_id, publicity_id, look_back_id
    FROM given
    WHERE (SELECT count(*) FROM closed) >= 0
    RETURNING county, household_id, status, reason
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'status_recorded', county, 'households', household_id, reason,
       jsonb_build_object('status', status), :request_id
FROM recorded
