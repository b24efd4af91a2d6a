-- Whoever of plan.members came with an ID number another household's member holds: a finding on both, unless one is open on it already.
WITH repeated AS (
    SELECT m.county, m.household_id, held.county AS holder_county, held.household_id AS holder_household_id
    FROM jsonb_to_recordset(:plan::jsonb -> 'members') AS g (county text, member_id uuid, id_number_index text)
    JOIN members AS m
      ON m.county = g.county
     AND m.id = g.member_id
    JOIN id_number_holders AS h
      ON h.id_number_index = g.id_number_index
    JOIN members AS held
      ON held.county = h.county
     AND held.id = h.member_id
     AND held.valid_to IS NULL
    WHERE (held.county, held.household_id) <> (m.county, m.household_id)
), concerned AS (
    SELECT county, household_id
    FROM repeated
    UNION
    SELECT holder_county, holder_household_id
    FROM repeated
), opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, blocks_counting, opened_at)
    SELECT h.county, gen_random_uuid(), 'repeated_id_number', 'id_number_held', h.area_code, 'households', h.id, true, :now::timestamptz
    FROM concerned AS c
    JOIN households AS h
      ON h.county = c.county
     AND h.id = c.household_id
    WHERE NOT EXISTS (
        SELECT 1
        FROM findings AS f
        WHERE f.county = c.county
          AND f.subject_id = c.household_id
          AND f.class = 'repeated_id_number'
          AND f.state <> 'closed')
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id
)
INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
FROM opened
