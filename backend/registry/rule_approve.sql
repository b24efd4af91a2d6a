-- Approves a proposed distribution rule; never who proposed it.
WITH rule AS (
    SELECT r.county, r.supplier_id, r.version, r.proposed_by, r.decided_at
    FROM distribution_rules AS r
    WHERE r.county = :supplier_county
      AND r.supplier_id = :supplier_id::uuid
      AND r.version = :rule_version::int
      AND area_within(r.county, :actor_areas::text[])
), approved AS (
    UPDATE distribution_rules AS r
    SET decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz
    FROM rule
    WHERE r.county = rule.county
      AND r.supplier_id = rule.supplier_id
      AND r.version = rule.version
      AND r.decided_at IS NULL
      AND rule.proposed_by IS DISTINCT FROM :actor_id::uuid
    RETURNING r.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'distribution_rule_approved', rule.county, 'suppliers', rule.supplier_id, :request_id
    FROM rule
    JOIN approved
      ON approved.version = rule.version
)
SELECT CASE
           WHEN rule.proposed_by = :actor_id::uuid THEN 'own-entry'
           WHEN approved.version IS NULL THEN 'wrong-state'
       END AS problem,
       rule.county || '-' || rule.supplier_id AS supplier_id,
       approved.version AS rule_version
FROM rule
LEFT JOIN approved
       ON approved.version = rule.version
