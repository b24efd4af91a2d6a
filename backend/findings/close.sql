-- Agrees that a finding is mended: whoever found it, or an auditor; never its owner, nor who mended it. What a check found, or someone
-- who is no longer there, any other officer closes.
WITH found AS MATERIALIZED (
    SELECT f.county, f.id, f.state, f.rectified_by, f.assigned_to, f.opened_by,
           f.subject_kind = 'households'
           AND EXISTS (SELECT
                       FROM quality_rules AS r
                       WHERE f.rule = ANY (r.names))
           AND NOT EXISTS (SELECT
                           FROM quality_rules AS r
                           JOIN registry_quality_problems AS p
                             ON p.rule = r.name
                           WHERE f.rule = ANY (r.names)
                             AND p.county = f.county
                             AND p.household_id = f.subject_id) AS is_gone,
           EXISTS (SELECT
                   FROM accounts_roles_in_force AS g
                   WHERE g.account_id = f.opened_by
                     AND g.role IN ('cadre', 'township', 'county', 'auditor')
                     AND starts_with(f.area_code, g.area_code)
                     AND g.valid_from <= :today::date
                     AND (g.valid_to IS NULL OR g.valid_to > :today::date)) AS finder_is_there,
           EXISTS (SELECT
                   FROM accounts_roles_in_force AS g
                   WHERE g.account_id = :actor_id::uuid
                     AND g.role = 'auditor'
                     AND starts_with(f.area_code, g.area_code)
                     AND g.valid_from <= :today::date
                     AND (g.valid_to IS NULL OR g.valid_to > :today::date)) AS is_auditor
    FROM findings AS f
    WHERE f.county = :finding_county
      AND f.id = :finding_id::uuid
      AND area_within(f.area_code, :actor_areas::text[])
    FOR UPDATE
), judged AS (
    SELECT county, id, state, is_gone,
           COALESCE(:actor_id::uuid IN (rectified_by, assigned_to), false) AS is_owner,
           opened_by IS NULL OR opened_by = :actor_id::uuid OR is_auditor OR NOT finder_is_there AS is_finder
    FROM found
), changed AS (
    UPDATE findings AS f
    SET state = 'closed',
        closed_by = :actor_id::uuid,
        closed_at = :now::timestamptz,
        gone_at = CASE WHEN judged.is_gone THEN :now::timestamptz END,
        version = f.version + 1
    FROM judged
    WHERE f.county = judged.county
      AND f.id = judged.id
      AND judged.state = 'rectified'
      AND judged.is_finder
      AND NOT judged.is_owner
    RETURNING f.county, f.id, f.state, f.version
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'closed'
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'finding_closed', county, 'findings', id, :reason, :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN judged.state <> 'rectified' THEN 'wrong-state'
           WHEN judged.is_owner THEN 'own-entry'
           ELSE 'not-finder'
       END AS problem,
       judged.county || '-' || judged.id AS finding_id,
       changed.state,
       changed.version
FROM judged
LEFT JOIN changed
       ON changed.county = judged.county
      AND changed.id = judged.id
