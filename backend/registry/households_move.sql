-- Moves the households of plan.moves: one, or all of a village that is merged into another. Where they lived, and until when we held that
-- they still do, stays in household_places.
WITH given AS MATERIALIZED (
    SELECT g.*
    FROM jsonb_to_recordset(:plan::jsonb -> 'moves') AS g (
        county text, household_id uuid, from_code text, into_code text, moved_on date, case_id uuid)
), concerned AS (
    SELECT h.county, h.id, h.area_code, given.into_code, given.moved_on, given.case_id
    FROM given
    JOIN households AS h
      ON h.county = given.county
     AND h.id = given.household_id
     AND h.area_code = given.from_code
    UNION ALL
    SELECT h.county, h.id, h.area_code, given.into_code, given.moved_on, given.case_id
    FROM given
    JOIN households AS h
      ON h.county = given.county
     AND h.area_code = given.from_code
    WHERE given.household_id IS NULL
), moving AS MATERIALIZED (
    SELECT c.county, c.id, c.area_code, c.into_code, c.moved_on, c.case_id, max(upper(p.valid)) AS since_on, max(lower(p.known)) AS known_at
    FROM concerned AS c
    LEFT JOIN household_places AS p
           ON p.county = c.county
          AND p.household_id = c.id
          AND upper_inf(p.known)
    GROUP BY c.county, c.id, c.area_code, c.into_code, c.moved_on, c.case_id
), lived AS (
    INSERT INTO household_places (county, id, household_id, area_code, valid, known, case_id)
    SELECT moving.county, gen_random_uuid(), moving.id, moving.area_code, daterange(moving.since_on, greatest(moving.since_on, claim.valid_to)), claim.known, moving.case_id
    FROM moving
    CROSS JOIN LATERAL (VALUES ('infinity'::date, tstzrange(moving.known_at, :now::timestamptz)),
                               (moving.moved_on, tstzrange(:now::timestamptz, NULL))) AS claim (valid_to, known)
), moved AS (
    UPDATE households AS h
    SET area_code = moving.into_code,
        version = h.version + 1
    FROM moving
    WHERE h.county = moving.county
      AND h.id = moving.id
), accounted AS (
    UPDATE suppliers AS s
    SET area_code = moving.into_code
    FROM moving
    WHERE s.county = moving.county
      AND s.household_id = moving.id
), merged AS (
    INSERT INTO village_mergers (county, from_code, into_code, valid_from, case_id)
    SELECT county, from_code, into_code, moved_on, case_id
    FROM given
    WHERE household_id IS NULL
)
SELECT refuse('plan-stale')
WHERE EXISTS (SELECT 1 FROM given WHERE household_id IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM moving)
