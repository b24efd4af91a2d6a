-- The household says whether a due it was paid reached it. A dispute opens a complaint, with the household's words.
WITH due AS MATERIALIZED (
    SELECT d.county, d.id, d.state, d.payee_id, d.amount_fen, d.payout_item_id
    FROM dues AS d
    WHERE d.county = :due_county
      AND d.id = :due_id::uuid
      AND d.payee_kind = 'household'
      AND d.payee_id = ANY (:actor_organisations::uuid[])
    FOR UPDATE
), answered AS (
    UPDATE dues AS d
    SET state = :answer,
        answered_at = :now::timestamptz
    FROM due
    WHERE d.county = due.county
      AND d.id = due.id
      AND due.state = 'paid'
    RETURNING d.county, d.id, d.state
), complaint AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, opened_by, opened_at)
    SELECT answered.county, :new_id::uuid, 'complaint', 'due_disputed', h.area_code, 'dues', answered.id,
           jsonb_build_object('words', :words::text, 'amount_fen', due.amount_fen, 'item_id', due.payout_item_id),
           :actor_id::uuid, :now::timestamptz
    FROM answered
    JOIN due
      ON due.county = answered.county
     AND due.id = answered.id
    JOIN households AS h
      ON h.county = due.county
     AND h.id = due.payee_id
    WHERE answered.state = 'disputed'
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'due_' || state, county, 'dues', id, :request_id
    FROM answered
)
SELECT CASE WHEN answered.id IS NULL THEN 'wrong-state' END AS problem,
       due.county || '-' || due.id AS due_id,
       answered.state,
       complaint.county || '-' || complaint.id AS finding_id
FROM due
LEFT JOIN answered
       ON answered.county = due.county
      AND answered.id = due.id
LEFT JOIN complaint
       ON complaint.county = due.county
