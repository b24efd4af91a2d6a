-- The county approves or refuses a proposed distribution rule; never who proposed it.
WITH rule AS (
    SELECT r.county, r.supplier_id, r.version, r.proposed_by
    FROM distribution_rules AS r
    WHERE r.county = :supplier_county
      AND r.supplier_id = :supplier_id::uuid
      AND r.version::text = :rule_version
      AND area_within(r.county, :actor_areas::text[])
), decided AS (
    UPDATE distribution_rules AS r
    SET decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz,
        refused = NOT :accepted::boolean,
        reason = :reason
    FROM rule
    WHERE r.county = rule.county
      AND r.supplier_id = rule.supplier_id
      AND r.version = rule.version
      AND r.decided_at IS NULL
      AND rule.proposed_by IS DISTINCT FROM :actor_id::uuid
    RETURNING r.county, r.version, r.refused
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid,
           CASE WHEN decided.refused THEN 'distribution_rule_refused' ELSE 'distribution_rule_approved' END,
           rule.county, 'suppliers', rule.supplier_id, :reason, jsonb_build_object('rule_version', rule.version), :request_id
    FROM rule
    JOIN decided
      ON decided.county = rule.county
     AND decided.version = rule.version
)
SELECT CASE
           WHEN rule.proposed_by = :actor_id::uuid THEN 'own-entry'
           WHEN decided.version IS NULL THEN 'wrong-state'
       END AS problem,
       rule.county || '-' || rule.supplier_id AS supplier_id,
       decided.version AS rule_version,
       CASE WHEN decided.refused THEN 'refused' ELSE 'approved' END AS state
FROM rule
LEFT JOIN decided
       ON decided.county = rule.county
      AND decided.version = rule.version
