-- The ID numbers of plan.endings pass on to whoever else carries them today, in whichever county.
WITH gone AS MATERIALIZED (
    SELECT DISTINCT m.id_number_index
    FROM jsonb_to_recordset(:plan::jsonb -> 'endings') AS g (county text, member_id uuid)
    JOIN members AS m
      ON m.county = g.county
     AND m.id = g.member_id
    WHERE m.id_number_index IS NOT NULL
)
INSERT INTO id_number_holders (id_number_index, county, member_id)
SELECT DISTINCT ON (other.id_number_index) other.id_number_index, other.county, other.id
FROM members AS other
WHERE other.id_number_index IN (SELECT id_number_index FROM gone)
  AND other.valid_to IS NULL
ORDER BY other.id_number_index, other.id
ON CONFLICT (id_number_index) DO NOTHING
