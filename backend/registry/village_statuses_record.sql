-- Records plan.village_statuses from a day on; what we held true until now stays visible.
WITH given AS MATERIALIZED (
    SELECT g.*
    FROM jsonb_to_recordset(:plan::jsonb -> 'village_statuses') AS g (
        county text, area_code text, status text, valid_from date, persons int, poor_persons int, case_id uuid, publicity_id uuid)
), old AS MATERIALIZED (
    SELECT s.county, s.id, s.area_code, s.status, s.valid, s.persons, s.poor_persons, s.case_id, s.publicity_id, given.valid_from
    FROM given
    JOIN village_statuses AS s
      ON s.county = given.county
     AND s.area_code = given.area_code
    WHERE upper_inf(s.known)
      AND s.valid && daterange(given.valid_from, NULL)
), closed AS (
    UPDATE village_statuses AS s
    SET known = tstzrange(lower(s.known), :now::timestamptz)
    FROM old
    WHERE s.county = old.county
      AND s.id = old.id
    RETURNING 1
), kept AS (
    INSERT INTO village_statuses (county, id, area_code, status, valid, known, persons, poor_persons, case_id, publicity_id)
    SELECT county, gen_random_uuid(), area_code, status, daterange(lower(valid), valid_from), tstzrange(:now::timestamptz, NULL), persons,
           poor_persons, case_id, publicity_id
    FROM old
    WHERE lower(valid) < valid_from
      AND (SELECT count(*) FROM closed) > 0
)
INSERT INTO village_statuses (county, id, area_code, status, valid, known, persons, poor_persons, case_id, publicity_id)
SELECT county, gen_random_uuid(), area_code, status, daterange(valid_from, NULL), tstzrange(:now::timestamptz, NULL), persons, poor_persons,
       case_id, publicity_id
FROM given
WHERE (SELECT count(*) FROM closed) >= 0
