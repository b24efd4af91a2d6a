-- Writes the decision on a distribution, or that its money is in (plan.state); a state that moved meanwhile makes the whole stale.
WITH plan AS MATERIALIZED (
    SELECT p.county, p.distribution_id, p.state
    FROM jsonb_to_record(:plan::jsonb) AS p (county text, distribution_id uuid, state text)
), decided AS (
    UPDATE distributions AS d
    SET state = plan.state,
        decided_by = CASE WHEN d.state = 'proposed' THEN :actor_id::uuid ELSE d.decided_by END,
        decided_at = CASE WHEN d.state = 'proposed' THEN :now::timestamptz ELSE d.decided_at END,
        reason = coalesce(:body::jsonb ->> 'reason', d.reason),
        funded_by = CASE WHEN plan.state = 'funded' THEN :actor_id::uuid END,
        funded_at = CASE WHEN plan.state = 'funded' THEN :now::timestamptz END,
        evidence = :body::jsonb ->> 'evidence',
        version = d.version + 1
    FROM plan
    WHERE d.county = plan.county
      AND d.id = plan.distribution_id
      AND d.state = CASE WHEN :body::jsonb ->> 'evidence' IS NULL THEN 'proposed' ELSE 'approved' END
    RETURNING d.county, d.id, d.state, d.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'distribution_' || state, county, 'distributions', id, :body::jsonb ->> 'reason', :request_id
    FROM decided
)
SELECT plan.county || '-' || plan.distribution_id AS distribution_id,
       CASE WHEN decided.id IS NOT NULL OR refuse('plan-stale') THEN decided.state END AS state,
       decided.version
FROM plan
LEFT JOIN decided
       ON decided.county = plan.county
      AND decided.id = plan.distribution_id
