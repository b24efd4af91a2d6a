-- Ends a person's days in a household: moved away, married, died. The row stays.
WITH found AS (
    SELECT m.county, m.id, m.household_id, m.valid_from, m.valid_to
    FROM members AS m
    JOIN households AS h
      ON h.county = m.county
     AND h.id = m.household_id
    WHERE m.county = :household_county
      AND m.county = :member_county
      AND m.household_id = :household_id::uuid
      AND m.id = :member_id::uuid
      AND area_within(h.area_code, :actor_areas::text[])
), ended AS (
    UPDATE members AS m
    SET valid_to = :valid_to::date
    FROM found
    WHERE m.county = found.county
      AND m.id = found.id
      AND m.valid_to IS NULL
      AND m.valid_from < :valid_to::date
      AND :valid_to::date <= :today::date
    RETURNING m.county, m.id, m.household_id, m.valid_to
), changed AS (
    UPDATE households AS h
    SET version = h.version + 1
    FROM ended
    WHERE h.county = ended.county
      AND h.id = ended.household_id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'member_ended', county, 'members', id, :reason, :request_id
    FROM ended
)
SELECT CASE
           WHEN found.valid_to IS NOT NULL THEN 'wrong-state'
           WHEN ended.id IS NULL THEN 'invalid'
       END AS problem,
       CASE WHEN found.valid_to IS NULL AND ended.id IS NULL THEN '/valid_to' END AS problem_pointer,
       found.county || '-' || found.id AS member_id,
       ended.valid_to
FROM found
LEFT JOIN ended
       ON ended.county = found.county
      AND ended.id = found.id
