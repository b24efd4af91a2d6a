-- Adds the people of plan.members who are not in their household yet; the first holder of an ID number stays its holder.
WITH given AS (
    SELECT g.*
    FROM jsonb_to_recordset(:plan::jsonb -> 'members') AS g (
        county text, member_id uuid, household_id uuid, relation text, name_masked text, name_sealed bytea, id_number_masked text,
        id_number_sealed bytea, id_number_index text, birth_on date, sex text, work_ability text, disabled boolean, minority boolean,
        resident boolean, valid_from date)
    WHERE g.id_number_index IS NULL
       OR NOT EXISTS (SELECT 1
                      FROM members AS m
                      WHERE m.county = g.county
                        AND m.household_id = g.household_id
                        AND m.id_number_index = g.id_number_index
                        AND m.valid_to IS NULL)
), added AS (
    INSERT INTO members (county, id, household_id, relation, name_masked, name_sealed, id_number_masked, id_number_sealed, id_number_index,
                         birth_on, sex, work_ability, disabled, minority, resident, valid_from, known_at)
    SELECT county, member_id, household_id, relation, name_masked, name_sealed, id_number_masked, id_number_sealed, id_number_index,
           birth_on, sex, work_ability, disabled, minority, resident, valid_from, :now::timestamptz
    FROM given
)
INSERT INTO id_number_holders (id_number_index, county, member_id)
SELECT DISTINCT ON (id_number_index) id_number_index, county, member_id
FROM given
WHERE id_number_index IS NOT NULL
ORDER BY id_number_index, member_id
ON CONFLICT (id_number_index) DO NOTHING
