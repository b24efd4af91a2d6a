-- Records a household's status from a day on, and what we held true until now stays visible: known ends, rows are added.
WITH household AS (
    SELECT h.county, h.id
    FROM households AS h
    WHERE h.county = :household_county
      AND h.id = :household_id::uuid
      AND area_within(h.area_code, :actor_areas::text[])
), old AS (
    SELECT s.id, s.status, s.valid, s.reason, s.source
    FROM household_statuses AS s
    JOIN household
      ON household.county = s.county
     AND household.id = s.household_id
    WHERE upper_inf(s.known)
      AND s.valid && daterange(:valid_from::date, NULL)
), closed AS (
    UPDATE household_statuses AS s
    SET known = tstzrange(lower(s.known), :now::timestamptz)
    FROM household
    WHERE s.county = household.county
      AND s.household_id = household.id
      AND s.id IN (SELECT id FROM old)
    RETURNING 1
), kept AS (
    INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source, recorded_by)
    SELECT household.county, gen_random_uuid(), household.id, old.status, daterange(lower(old.valid), :valid_from::date),
           tstzrange(:now::timestamptz, NULL), old.reason, old.source, :actor_id::uuid
    FROM household
    CROSS JOIN old
    WHERE lower(old.valid) < :valid_from::date
      AND (SELECT count(*) FROM closed) > 0 -- what we knew ends before what we know begins
), recorded AS (
    INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source, recorded_by)
    SELECT household.county, :new_id::uuid, household.id, :status::text, daterange(:valid_from::date, NULL),
           tstzrange(:now::timestamptz, NULL), :reason, :source, :actor_id::uuid
    FROM household
    WHERE (SELECT count(*) FROM closed) >= 0
    RETURNING county, household_id, status
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'status_recorded', county, 'households', household_id, :reason, :request_id
    FROM recorded
)
SELECT county || '-' || household_id AS household_id,
       status
FROM recorded
