-- The household says whether a due it was paid reached it. What a dispute opens is oversight's, in the same flight.
WITH due AS MATERIALIZED (
    SELECT d.county, d.id, d.state
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
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'due_' || state, county, 'dues', id, :request_id
    FROM answered
)
SELECT refuse(CASE WHEN EXISTS (SELECT FROM due) THEN 'wrong-state' ELSE 'not-found' END)
WHERE NOT EXISTS (SELECT FROM answered)
