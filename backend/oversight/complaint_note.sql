-- A note for those who handle a complaint; the complainant does not see it.
WITH found AS MATERIALIZED (
    SELECT c.county, c.id, c.state
    FROM complaints AS c
    WHERE c.county = :complaint_county
      AND c.id = :complaint_id::uuid
      AND (area_within(c.county, :actor_areas::text[]) OR c.assigned_to = :actor_id::uuid)
      AND NOT EXISTS (SELECT
                      FROM complaint_parties AS p
                      WHERE p.county = c.county
                        AND p.complaint_id = c.id
                        AND p.account_id = :actor_id::uuid)
    FOR UPDATE
), changed AS (
    UPDATE complaints AS c
    SET version = c.version + 1
    FROM found
    WHERE c.county = found.county
      AND c.id = found.id
    RETURNING c.county, c.id, c.state, c.version
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    SELECT county, gen_random_uuid(), id, 'noted', :now::timestamptz, :actor_id::uuid, :words, false
    FROM changed
)
SELECT NULL::text AS problem,
       found.county || '-' || found.id AS complaint_id,
       changed.state,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
