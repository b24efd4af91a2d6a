-- An approver signs or refuses a list; never the one who proposed it. Whether the budget holds it is the next statements' to say.
WITH list AS MATERIALIZED (
    SELECT l.county, l.id, l.state, l.proposed_by, m.duty
    FROM purchase_lists AS l
    JOIN unit_members AS m
      ON m.county = l.county
     AND m.unit_id = l.unit_id
    WHERE l.county = :list_county
      AND l.id = :list_id::uuid
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), decided AS (
    UPDATE purchase_lists AS l
    SET state = CASE WHEN :approve::boolean THEN 'approved' ELSE 'refused' END,
        decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz,
        words = :words,
        version = l.version + 1
    FROM list
    WHERE l.county = list.county
      AND l.id = list.id
      AND l.state = 'proposed'
      AND l.proposed_by <> :actor_id::uuid
      AND list.duty = 'approver'
    RETURNING l.county, l.id, l.state, l.version, l.unit_id
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, unit_id)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'purchase_list', id, state, unit_id
    FROM decided
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'list_' || state, county, 'purchase_lists', id, '{}', :request_id
    FROM decided
)
SELECT CASE
           WHEN decided.id IS NOT NULL THEN NULL
           WHEN list.proposed_by = :actor_id::uuid THEN 'own-entry'
           WHEN list.duty <> 'approver' THEN 'forbidden'
           ELSE 'wrong-state'
       END AS problem,
       list.county || '-' || list.id AS list_id,
       decided.state,
       decided.version
FROM list
LEFT JOIN decided
       ON decided.county = list.county
      AND decided.id = list.id
