-- The answer to a due; a household that was not paid gets a case with a number. Whoever entered the bank's result has no part in it.
WITH plan AS (
    SELECT complaint_county AS county, complaint_id AS id, number
    FROM jsonb_to_record(:plan::jsonb) AS plan (complaint_county text, complaint_id uuid, number text)
), due AS (
    SELECT d.county, d.id, d.state, h.area_code
    FROM dues AS d
    JOIN households AS h
      ON h.county = d.county
     AND h.id = d.payee_id
    WHERE d.county = :due_county
      AND d.id = :due_id::uuid
), filed AS (
    INSERT INTO complaints (county, id, number, code_for, channel, category, area_code, subject_kind, subject_id, words, raised_by,
                            received_at, sort_due_at, answer_due_at)
    SELECT due.county, plan.id, plan.number, plan.number, 'passbook', 'not_paid', due.area_code, 'dues', due.id,
           COALESCE(:words::text, ''), :actor_id::uuid, :now::timestamptz,
           :now::timestamptz + make_interval(secs => :period_complaint_sort_s::bigint),
           :now::timestamptz + make_interval(secs => :period_complaint_answer_s::bigint)
    FROM due
    JOIN plan
      ON plan.county = due.county
    WHERE due.state = 'disputed'
    RETURNING county, id, number, subject_id, answer_due_at
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
          AND who.kind = 'dues'
          AND who.id = filed.subject_id
          AND who.account_id IS NOT NULL
        LIMIT 100
    ) AS c
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, shown)
    SELECT county, gen_random_uuid(), id, 'received', :now::timestamptz, true
    FROM filed
)
SELECT due.county || '-' || due.id AS due_id,
       due.state,
       filed.number,
       filed.answer_due_at
FROM due
LEFT JOIN filed
       ON filed.county = due.county
