-- A county enters a unit that buys; its seat may be anywhere.
WITH place AS (
    SELECT a.code
    FROM areas AS a
    WHERE a.code = :area_code
), home AS (
    SELECT a.code
    FROM areas AS a
    WHERE a.code = :county
      AND a.kind = 'county'
      AND area_within(a.code, :actor_areas::text[])
), added AS (
    INSERT INTO units (county, id, kind, name, area_code, credit_code, invoice_title, added_by, added_at)
    SELECT home.code, :new_id::uuid, :kind, :name, place.code, upper(:credit_code), coalesce(:invoice_title, :name), :actor_id::uuid,
           :now::timestamptz
    FROM home
    CROSS JOIN place
    RETURNING county, id, name, version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'unit_added', county, 'units', id, '{}', :request_id
    FROM added
)
SELECT CASE WHEN added.id IS NULL THEN 'invalid' END AS problem,
       CASE WHEN NOT EXISTS (SELECT FROM place) THEN '/area_code' WHEN added.id IS NULL THEN '/county' END AS problem_pointer,
       added.county || '-' || added.id AS unit_id,
       added.name,
       added.version
FROM (VALUES (1)) AS asked (once)
LEFT JOIN added ON true
