-- A unit takes its pledge back; it stays to be seen, with what had been bought on it.
WITH pledge AS MATERIALIZED (
    SELECT p.county, p.id
    FROM pledges AS p
    JOIN unit_members AS m
      ON m.county = p.county
     AND m.unit_id = p.unit_id
    WHERE p.county = :pledge_county
      AND p.id = :pledge_id::uuid
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), withdrawn AS (
    UPDATE pledges AS p
    SET withdrawn_by = :actor_id::uuid,
        withdrawn_at = :now::timestamptz,
        version = p.version + 1
    FROM pledge
    WHERE p.county = pledge.county
      AND p.id = pledge.id
      AND p.withdrawn_at IS NULL
    RETURNING p.county, p.id, p.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'pledge_withdrawn', county, 'pledges', id, '{}', :request_id
    FROM withdrawn
)
SELECT CASE WHEN withdrawn.id IS NULL THEN 'wrong-state' END AS problem,
       pledge.county || '-' || pledge.id AS pledge_id,
       withdrawn.version
FROM pledge
LEFT JOIN withdrawn
       ON withdrawn.county = pledge.county
      AND withdrawn.id = pledge.id
