-- Asks the rule again that found it: the finding closes when the register keeps the rule now, and stays as it is when not. The check is
-- the finder here, so that nobody agrees to their own work.
WITH found AS MATERIALIZED (
    SELECT f.county, f.id, f.state, f.rule, f.subject_id, f.version,
           f.opened_by IS NULL AND f.subject_kind = 'households' AND r.name IS NOT NULL AS is_by_rule
    FROM findings AS f
    LEFT JOIN quality_rules AS r
           ON r.name = f.rule
    WHERE f.county = :finding_county
      AND f.id = :finding_id::uuid
      AND area_within(f.area_code, :actor_areas::text[])
    FOR UPDATE OF f
), judged AS (
    SELECT found.county, found.id, found.state, found.version, found.is_by_rule,
           EXISTS (SELECT
                   FROM registry_quality_problems AS p
                   WHERE p.county = found.county
                     AND p.household_id = found.subject_id
                     AND p.rule = found.rule) AS is_found
    FROM found
), changed AS (
    UPDATE findings AS f
    SET state = 'closed',
        closed_at = :now::timestamptz,
        version = f.version + 1
    FROM judged
    WHERE f.county = judged.county
      AND f.id = judged.id
      AND judged.is_by_rule
      AND judged.state <> 'closed'
      AND NOT judged.is_found
    RETURNING f.county, f.id, f.state, f.version
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'closed'
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid,
           CASE WHEN is_found THEN 'finding_found_again' ELSE 'finding_closed_by_recheck' END,
           county, 'findings', id, NULL, :request_id
    FROM judged
    WHERE is_by_rule
      AND state <> 'closed'
)
SELECT CASE
           WHEN NOT judged.is_by_rule OR judged.state = 'closed' THEN 'wrong-state'
       END AS problem,
       judged.county || '-' || judged.id AS finding_id,
       judged.is_found,
       COALESCE(changed.state, judged.state) AS state,
       COALESCE(changed.version, judged.version) AS version
FROM judged
LEFT JOIN changed
       ON changed.county = judged.county
      AND changed.id = judged.id
