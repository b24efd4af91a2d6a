-- An auditor or the county opens a finding on something of the county; one open already for the same thing and rule is a conflict.
WITH opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, blocks_counting, detail, opened_by, opened_at)
    SELECT left(a.code, 6), :new_id::uuid, :class::text, :rule, a.code, :subject_kind::text, :subject_id::uuid,
           coalesce(:blocks_counting::boolean, false), jsonb_build_object('words', :words::text), :actor_id::uuid, :now::timestamptz
    FROM registry_area_names AS a
    WHERE a.code = :area_code::text
      AND starts_with(a.code, :subject_county)
      AND area_within(a.code, :actor_areas::text[])
      AND (:subject_kind::text <> 'households'
           OR EXISTS (SELECT 1 FROM registry_households_masked AS h WHERE h.county = :subject_county AND h.id = :subject_id::uuid AND h.area_code = a.code))
    RETURNING county, id, state, version
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
    FROM opened
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'finding_opened', county, 'findings', id, :words::text, :request_id
    FROM opened
)
SELECT county || '-' || id AS finding_id,
       state,
       version
FROM opened
