-- Says who handles a complaint: never who is meant by it, who has answered it before, or who works at the level it is about.
WITH found AS MATERIALIZED (
    SELECT c.county, c.id, c.state, c.area_code, c.about_level
    FROM complaints AS c
    WHERE c.county = :complaint_county
      AND c.id = :complaint_id::uuid
      AND area_within(c.county, :actor_areas::text[])
      AND NOT EXISTS (SELECT
                      FROM complaint_parties AS p
                      WHERE p.county = c.county
                        AND p.complaint_id = c.id
                        AND p.account_id = :actor_id::uuid)
    FOR UPDATE
), helper AS (
    SELECT g.account_id,
           max(CASE g.role WHEN 'county' THEN 3 WHEN 'township' THEN 2 ELSE 1 END) AS level
    FROM accounts_roles_in_force AS g
    CROSS JOIN found
    WHERE g.account_id = :account_id::uuid
      AND g.role IN ('cadre', 'township', 'county')
      AND starts_with(found.area_code, g.area_code)
      AND g.valid_from <= :today::date
      AND (g.valid_to IS NULL OR g.valid_to > :today::date)
    GROUP BY g.account_id
), checked AS (
    SELECT found.county, found.id, found.state,
           helper.account_id IS NOT NULL AS is_helper,
           EXISTS (SELECT
                   FROM complaint_parties AS p
                   WHERE p.county = found.county
                     AND p.complaint_id = found.id
                     AND p.account_id = :account_id::uuid)
               OR helper.level <= CASE found.about_level WHEN 'county' THEN 3 WHEN 'township' THEN 2 WHEN 'village' THEN 1 ELSE 0 END
               AS is_party,
           EXISTS (SELECT
                   FROM complaint_steps AS s
                   WHERE s.county = found.county
                     AND s.complaint_id = found.id
                     AND s.kind = 'answered'
                     AND s.actor_id = :account_id::uuid) AS has_answered
    FROM found
    LEFT JOIN helper ON true
), changed AS (
    UPDATE complaints AS c
    SET assigned_to = :account_id::uuid,
        answer_due_at = COALESCE((:due_on::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', c.answer_due_at),
        version = c.version + 1
    FROM checked
    WHERE c.county = checked.county
      AND c.id = checked.id
      AND checked.state = 'handling'
      AND checked.is_helper
      AND NOT checked.is_party
      AND NOT checked.has_answered
    RETURNING c.county, c.id, c.state, c.answer_due_at, c.version
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    SELECT county, gen_random_uuid(), id, 'assigned', :now::timestamptz, :actor_id::uuid, NULL, false
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'complaint_assigned', county, 'complaints', id, NULL,
           jsonb_build_object('account_id', :account_id::text), :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN NOT checked.is_helper THEN 'invalid'
           WHEN checked.is_party THEN 'party-to-it'
           WHEN checked.has_answered THEN 'own-entry'
           ELSE 'wrong-state'
       END AS problem,
       CASE WHEN NOT checked.is_helper THEN '/account_id' END AS problem_pointer,
       checked.county || '-' || checked.id AS complaint_id,
       changed.state,
       changed.answer_due_at,
       changed.version
FROM checked
LEFT JOIN changed
       ON changed.county = checked.county
      AND changed.id = checked.id
