-- Says who shall mend a finding, and until when.
WITH found AS (
    SELECT f.county, f.id, f.state, f.area_code, f.opened_by
    FROM findings AS f
    WHERE f.county = :finding_county
      AND f.id = :finding_id::uuid
      AND area_within(f.area_code, :actor_areas::text[])
), helper AS (
    SELECT g.account_id
    FROM accounts_roles_in_force AS g
    CROSS JOIN found
    WHERE g.account_id = :account_id::uuid
      AND g.role IN ('cadre', 'township', 'county')
      AND starts_with(found.area_code, g.area_code)
      AND g.valid_from <= :today::date
      AND (g.valid_to IS NULL OR g.valid_to > :today::date)
    LIMIT 1
), changed AS (
    UPDATE findings AS f
    SET assigned_to = :account_id::uuid,
        due_on = :due_on::date,
        version = f.version + 1
    FROM found
    WHERE f.county = found.county
      AND f.id = found.id
      AND f.state = 'open'
      AND EXISTS (SELECT 1 FROM helper)
      AND f.opened_by IS DISTINCT FROM :account_id::uuid
    RETURNING f.county, f.id, f.state, f.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'finding_assigned', county, 'findings', id, NULL, :request_id
    FROM changed
)
SELECT CASE
           WHEN NOT EXISTS (SELECT 1 FROM helper) THEN 'invalid'
           WHEN found.opened_by = :account_id::uuid THEN 'own-entry'
           WHEN changed.id IS NULL THEN 'wrong-state'
       END AS problem,
       CASE WHEN NOT EXISTS (SELECT 1 FROM helper) THEN '/account_id' END AS problem_pointer,
       found.county || '-' || found.id AS finding_id,
       changed.state,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
