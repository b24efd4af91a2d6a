-- Takes a complaint: the case, who may be meant by it, its first step. By hand only for what lies in the county of whoever writes it down.
WITH plan AS (
    SELECT complaint_county AS county, complaint_id AS id, number, code_hash, channel, category, about_level, area_code, subject_kind,
           subject_id, words, name_masked, name_sealed, contact_masked, contact_sealed, received_at, by_hand
    FROM jsonb_to_record(:plan::jsonb) AS plan (
        complaint_county text, complaint_id uuid, number text, code_hash text, channel text, category text, about_level text,
        area_code text, subject_kind text, subject_id uuid, words text, name_masked text, name_sealed bytea, contact_masked text,
        contact_sealed bytea, received_at timestamptz, by_hand boolean)
), filed AS (
    INSERT INTO complaints (county, id, number, code_hash, code_for, channel, category, about_level, area_code, subject_kind, subject_id,
                            words, name_masked, name_sealed, contact_masked, contact_sealed, taken_by, received_at, sort_due_at,
                            answer_due_at)
    SELECT county, id, number, code_hash, number, channel, category, about_level, area_code, subject_kind, subject_id, words, name_masked,
           name_sealed, contact_masked, contact_sealed, CASE WHEN by_hand THEN :actor_id::uuid END, received_at,
           received_at + make_interval(secs => :period_complaint_sort_s::bigint),
           received_at + make_interval(secs => :period_complaint_answer_s::bigint)
    FROM plan
    WHERE NOT by_hand
       OR area_within(county, :actor_areas::text[])
    RETURNING county, id, number, subject_kind, subject_id, state, received_at, sort_due_at, answer_due_at
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'complaint', id, 'filed'
    FROM filed
), parties AS (
    INSERT INTO complaint_parties (county, complaint_id, account_id, named_at)
    SELECT DISTINCT filed.county, filed.id, c.account_id, :now::timestamptz
    FROM filed
    CROSS JOIN LATERAL (
        SELECT who.account_id
        FROM oversight_concerned AS who
        WHERE who.county = filed.county
          AND who.kind = filed.subject_kind
          AND who.id = filed.subject_id
          AND who.account_id IS NOT NULL
        LIMIT 100
    ) AS c
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, shown)
    SELECT filed.county, gen_random_uuid(), filed.id, 'received', filed.received_at, CASE WHEN plan.by_hand THEN :actor_id::uuid END, true
    FROM filed
    JOIN plan
      ON plan.county = filed.county
     AND plan.id = filed.id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, CASE WHEN plan.by_hand THEN :actor_id::uuid END, 'complaint_filed', plan.county,
           'complaints', plan.id, :request_id
    FROM plan
    WHERE EXISTS (SELECT FROM filed)
)
SELECT number,
       state,
       received_at,
       sort_due_at,
       answer_due_at
FROM filed
