-- What waits for a decision in an area, longest waiting first: each row names the thing to open.
SELECT d.kind,
       d.county || '-' || d.id AS id,
       d.words,
       d.area_code,
       a.name AS area_name,
       d.since,
       d.due_at,
       d.proposed_by = :actor_id::uuid AS is_own_entry,
       to_char(d.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '|' || d.kind || '|' || d.id AS cursor
FROM areas AS c
JOIN impact_decisions AS d
  ON d.county = c.code
 AND starts_with(d.area_code, :area::text)
JOIN areas AS a
  ON a.code = d.area_code
WHERE c.kind = 'county'
  AND starts_with(c.code, left(:area::text, 6))
  AND area_within(:area::text, :actor_areas::text[])
  AND (:kind::text IS NULL OR d.kind = :kind::text)
  AND (:cursor::text IS NULL
       OR (d.since, d.kind, d.id) > (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2),
                                     split_part(:cursor::text, '|', 3)::uuid))
ORDER BY d.since, d.kind, d.id
LIMIT :limit::bigint
