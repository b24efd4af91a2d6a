-- Enters who is paired with a county, from a document, for some days.
WITH home AS (
    SELECT a.code AS county
    FROM areas AS a
    WHERE a.code = :county
      AND a.kind = 'county'
      AND area_within(a.code, :actor_areas::text[])
), helper AS (
    SELECT 1 AS found
    WHERE CASE :kind
              WHEN 'region' THEN :unit_id::uuid IS NULL AND EXISTS (SELECT FROM areas AS a WHERE a.code = :helper_area_code)
              ELSE :helper_area_code::text IS NULL AND EXISTS (SELECT FROM units AS u WHERE u.county = :unit_county AND u.id = :unit_id::uuid)
          END
), added AS (
    INSERT INTO pairings (county, id, kind, helper_area_code, unit_county, unit_id, valid_from, valid_to, source, made_by, made_at)
    SELECT home.county, :new_id::uuid, :kind, :helper_area_code, :unit_county, :unit_id::uuid, :valid_from::date, :valid_to::date, :source,
           :actor_id::uuid, :now::timestamptz
    FROM home
    CROSS JOIN helper
    WHERE :valid_to::date IS NULL
       OR :valid_to::date > :valid_from::date
    RETURNING county, id, version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'pairing_added', county, 'pairings', id, '{}', :request_id
    FROM added
)
SELECT CASE WHEN added.id IS NULL THEN 'invalid' END AS problem,
       CASE
           WHEN NOT EXISTS (SELECT FROM home) THEN '/county'
           WHEN EXISTS (SELECT FROM helper) THEN '/valid_to'
           WHEN :kind = 'region' THEN '/helper_area_code'
           ELSE '/unit_id'
       END AS problem_pointer,
       added.county || '-' || added.id AS pairing_id,
       added.version
FROM (VALUES (1)) AS asked (once)
LEFT JOIN added ON true
