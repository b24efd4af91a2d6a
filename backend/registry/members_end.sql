-- Ends the days of plan.endings in their households: moved away, married, died. The rows stay; their ID numbers are no longer held there.
WITH given AS MATERIALIZED (
    SELECT g.*
    FROM jsonb_to_recordset(:plan::jsonb -> 'endings') AS g (county text, member_id uuid, household_id uuid, valid_to date, reason text)
), ended AS (
    UPDATE members AS m
    SET valid_to = given.valid_to,
        end_known_at = :now::timestamptz,
        end_reason = given.reason
    FROM given
    WHERE m.county = given.county
      AND m.id = given.member_id
      AND m.household_id = given.household_id
      AND m.valid_to IS NULL
      AND m.valid_from < given.valid_to
    RETURNING m.county, m.id, m.id_number_index
), released AS (
    DELETE FROM id_number_holders AS h
    USING ended
    WHERE h.id_number_index = ended.id_number_index
      AND h.county = ended.county
      AND h.member_id = ended.id
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM ended) <> (SELECT count(*) FROM given)
