-- Binds an account to a unit; whoever had left comes back with the duty named now.
WITH unit AS (
    SELECT u.county, u.id
    FROM units AS u
    WHERE u.county = :unit_county
      AND u.id = :unit_id::uuid
      AND area_within(u.county, :actor_areas::text[])
), person AS (
    SELECT c.id
    FROM accounts AS c
    WHERE c.login = lower(:login)
      AND c.state = 'active'
), added AS (
    INSERT INTO unit_members AS m (county, unit_id, account_id, duty, added_by, added_at)
    SELECT unit.county, unit.id, person.id, :duty, :actor_id::uuid, :now::timestamptz
    FROM unit
    CROSS JOIN person
    WHERE person.id <> :actor_id::uuid
    ON CONFLICT (county, unit_id, account_id) DO UPDATE
    SET duty = excluded.duty,
        added_by = excluded.added_by,
        added_at = excluded.added_at,
        ended_by = NULL,
        ended_at = NULL
    WHERE m.ended_at IS NOT NULL
    RETURNING m.county, m.unit_id, m.account_id, m.duty
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'unit_member_added', county, 'units', unit_id,
           jsonb_build_object('account_id', account_id, 'duty', duty), :request_id
    FROM added
)
SELECT CASE
           WHEN person.id IS NULL THEN 'invalid'
           WHEN person.id = :actor_id::uuid THEN 'own-entry'
           WHEN added.account_id IS NULL THEN 'taken'
       END AS problem,
       CASE WHEN person.id IS NULL THEN '/login' END AS problem_pointer,
       unit.county || '-' || unit.id AS unit_id,
       added.account_id,
       added.duty
FROM unit
LEFT JOIN person ON true
LEFT JOIN added ON true
