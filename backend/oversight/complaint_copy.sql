-- The same complaint in the county it was passed to, with a number of that county and the code its complainant has.
WITH plan AS (
    SELECT complaint_county AS county, complaint_id AS id, copy_county, copy_id, number, name_sealed, contact_sealed
    FROM jsonb_to_record(:plan::jsonb) AS plan (
        complaint_county text, complaint_id uuid, copy_county text, copy_id uuid, number text, name_sealed bytea, contact_sealed bytea)
), original AS MATERIALIZED (
    SELECT c.number AS came_from, c.code_hash, c.code_for, c.category, c.about_level, c.words, c.name_masked, c.contact_masked
    FROM complaints AS c
    WHERE c.county = :complaint_county
      AND c.id = :complaint_id::uuid
), copied AS (
    INSERT INTO complaints (county, id, number, code_hash, code_for, channel, category, about_level, area_code, words, name_masked,
                            name_sealed, contact_masked, contact_sealed, received_at, sort_due_at, answer_due_at, came_from)
    SELECT plan.copy_county, plan.copy_id, plan.number, o.code_hash, o.code_for, 'referral', o.category, o.about_level, plan.copy_county,
           o.words, o.name_masked, plan.name_sealed, o.contact_masked, plan.contact_sealed, :now::timestamptz,
           :now::timestamptz + make_interval(secs => :period_complaint_sort_s::bigint),
           :now::timestamptz + make_interval(secs => :period_complaint_answer_s::bigint), o.came_from
    FROM plan
    CROSS JOIN original AS o
    WHERE plan.number IS NOT NULL
    RETURNING county, id
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'complaint', id, 'filed'
    FROM copied
)
INSERT INTO complaint_steps (county, id, complaint_id, kind, at, shown)
SELECT county, gen_random_uuid(), id, 'received', :now::timestamptz, true
FROM copied
