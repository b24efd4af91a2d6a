-- Gives up what an approved list has not ordered yet and frees its budget; what was ordered goes on.
WITH list AS MATERIALIZED (
    SELECT l.county, l.id
    FROM purchase_lists AS l
    JOIN unit_members AS m
      ON m.county = l.county
     AND m.unit_id = l.unit_id
    WHERE l.county = :list_county
      AND l.id = :list_id::uuid
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), closed AS (
    UPDATE purchase_lists AS l
    SET state = 'closed',
        closed_at = :now::timestamptz,
        version = l.version + 1
    FROM list
    WHERE l.county = list.county
      AND l.id = list.id
      AND l.state = 'approved'
    RETURNING l.county, l.id, l.state, l.version, l.unit_id
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, unit_id)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'purchase_list', id, state, unit_id
    FROM closed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'list_closed', county, 'purchase_lists', id, '{}', :request_id
    FROM closed
)
SELECT CASE WHEN closed.id IS NULL THEN 'wrong-state' END AS problem,
       list.county || '-' || list.id AS list_id,
       closed.state,
       closed.version
FROM list
LEFT JOIN closed
       ON closed.county = list.county
      AND closed.id = list.id
