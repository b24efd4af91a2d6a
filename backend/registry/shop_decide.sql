-- The county approves or refuses a proposed shop; never who proposed it.
WITH proposed AS (
    SELECT t.county, t.id, t.state, t.proposed_by
    FROM shops AS t
    WHERE t.county = :shop_county
      AND t.id = :shop_id::uuid
      AND area_within(t.county, :actor_areas::text[])
), decided AS (
    UPDATE shops AS t
    SET state = CASE WHEN :accepted::boolean THEN 'open' ELSE 'refused' END,
        decided_by = :actor_id::uuid,
        version = t.version + 1
    FROM proposed
    WHERE t.county = proposed.county
      AND t.id = proposed.id
      AND t.state = 'proposed'
      AND proposed.proposed_by IS DISTINCT FROM :actor_id::uuid
    RETURNING t.county, t.id, t.state, t.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'shop_decided', county, 'shops', id, :reason, :request_id
    FROM decided
)
SELECT CASE
           WHEN proposed.proposed_by = :actor_id::uuid THEN 'own-entry'
           WHEN decided.id IS NULL THEN 'wrong-state'
       END AS problem,
       proposed.county || '-' || proposed.id AS shop_id,
       decided.state,
       decided.version
FROM proposed
LEFT JOIN decided
       ON decided.county = proposed.county
      AND decided.id = proposed.id
