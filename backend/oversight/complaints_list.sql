-- The worklist of complaints, what is due first on top; without the words, which only its handlers read.
SELECT c.county || '-' || c.id AS complaint_id,
       c.number,
       c.channel,
       c.category,
       c.about_level,
       c.area_code,
       a.name AS area_name,
       c.subject_kind,
       c.received_at,
       c.state,
       c.scope,
       c.sort_due_at,
       c.answer_due_at,
       CASE c.state
           WHEN 'received' THEN c.sort_due_at < :now::timestamptz
           WHEN 'handling' THEN c.answer_due_at < :now::timestamptz
           ELSE false
       END AS is_late,
       c.assigned_to,
       n.display_name AS assigned_to_name,
       c.assigned_to = :actor_id::uuid AS is_mine,
       c.judgement,
       c.solved,
       c.answered_at,
       c.reopened_count,
       to_char(c.answer_due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '|' || c.id AS cursor
FROM complaints AS c
JOIN areas AS a
  ON a.code = c.area_code
LEFT JOIN accounts_names AS n
       ON n.id = c.assigned_to
WHERE c.county = :county::text
  AND (area_within(c.county, :actor_areas::text[]) OR c.assigned_to = :actor_id::uuid)
  AND NOT EXISTS (SELECT
                  FROM complaint_parties AS p
                  WHERE p.county = c.county
                    AND p.complaint_id = c.id
                    AND p.account_id = :actor_id::uuid)
  AND (:area::text IS NULL OR starts_with(c.area_code, :area::text))
  AND (:category::text IS NULL OR c.category = :category::text)
  AND (:channel::text IS NULL OR c.channel = :channel::text)
  AND (CASE WHEN :state::text IS NULL THEN c.state IN ('received', 'handling') ELSE c.state = :state::text END)
  AND (:mine::boolean IS NOT TRUE OR c.assigned_to = :actor_id::uuid)
  AND (:cursor::text IS NULL
       OR (c.answer_due_at, c.id) > (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY c.answer_due_at, c.id
LIMIT :limit::bigint
