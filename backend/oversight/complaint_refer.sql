-- Passes a complaint on, to another body or county; it ends here, and the complainant is told where it went.
WITH plan AS (
    SELECT complaint_county AS county, complaint_id AS id, number
    FROM jsonb_to_record(:plan::jsonb) AS plan (complaint_county text, complaint_id uuid, number text)
), place AS (
    SELECT name
    FROM areas
    WHERE code = :area_code::text
      AND :kind = 'county'
), changed AS (
    UPDATE complaints AS c
    SET state = 'referred',
        scope = COALESCE(c.scope, 'referred'),
        sorted_by = COALESCE(c.sorted_by, :actor_id::uuid),
        sorted_at = COALESCE(c.sorted_at, :now::timestamptz),
        referred_kind = :kind,
        referred_to = COALESCE((SELECT name FROM place), :to::text),
        referred_number = plan.number,
        answer = :words,
        answered_by = :actor_id::uuid,
        answered_at = :now::timestamptz,
        version = c.version + 1
    FROM plan
    WHERE c.county = plan.county
      AND c.id = plan.id
      AND c.state IN ('received', 'handling')
    RETURNING c.county, c.id, c.state, c.referred_to, c.referred_number, c.version
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    SELECT county, gen_random_uuid(), id, 'referred', :now::timestamptz, :actor_id::uuid, :words, true
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'complaint_referred', county, 'complaints', id, :words,
           jsonb_build_object('to', referred_to), :request_id
    FROM changed
), refused AS (
    SELECT refuse('wrong-state')
    WHERE NOT EXISTS (SELECT FROM changed)
)
SELECT changed.county || '-' || changed.id AS complaint_id,
       changed.state,
       changed.referred_to,
       changed.referred_number,
       changed.version
FROM (VALUES (1)) AS asked (once)
LEFT JOIN refused ON true
LEFT JOIN changed ON true
