-- Complaints received in a period (K48): counted by category, channel or place, rates on those in scope, with the median of days to an answer.
WITH chosen AS (
    SELECT CASE :by::text
               WHEN 'category' THEN c.category
               WHEN 'channel' THEN c.channel
               ELSE left(c.area_code, CASE WHEN length(:area::text) < 6 THEN 6 WHEN length(:area::text) = 6 THEN 9 ELSE 12 END)
           END AS name,
           c.state, c.scope, c.judgement, c.solved, c.punished_count, c.recovered_fen, c.answered_at, c.answer_due_at, c.reopened_count,
           (c.answered_at AT TIME ZONE 'Asia/Shanghai')::date - (c.received_at AT TIME ZONE 'Asia/Shanghai')::date AS days
    FROM complaints AS c
    WHERE c.county >= rpad(left(:area::text, 6), 6, '0')
      AND c.county <= rpad(left(:area::text, 6), 6, '9')
      AND starts_with(c.area_code, :area::text)
      AND area_within(:area::text, :actor_areas::text[])
      AND c.received_at >= (:from::date)::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND c.received_at < (:to::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
)
SELECT chosen.name,
       CASE WHEN :by::text = 'area' THEN (SELECT a.name FROM areas AS a WHERE a.code = chosen.name) END AS area_name,
       count(*) AS received_count,
       count(*) FILTER (WHERE scope = 'in_scope') AS in_scope_count,
       count(*) FILTER (WHERE scope = 'out_of_scope') AS out_of_scope_count,
       count(*) FILTER (WHERE state = 'referred') AS referred_count,
       count(*) FILTER (WHERE state IN ('received', 'handling')) AS open_count,
       count(*) FILTER (WHERE state IN ('received', 'handling') AND answer_due_at < :now::timestamptz) AS late_count,
       count(*) FILTER (WHERE answered_at IS NOT NULL AND state NOT IN ('received', 'handling')) AS answered_count,
       count(*) FILTER (WHERE answered_at <= answer_due_at AND state NOT IN ('received', 'handling')) AS in_time_count,
       count(*) FILTER (WHERE scope = 'in_scope' AND state = 'answered' AND solved) AS solved_count,
       count(*) FILTER (WHERE scope = 'in_scope' AND state = 'answered' AND judgement = 'substantiated') AS substantiated_count,
       count(*) FILTER (WHERE scope = 'in_scope' AND state = 'answered' AND judgement = 'partly') AS partly_count,
       count(*) FILTER (WHERE scope = 'in_scope' AND state = 'answered' AND judgement = 'not_substantiated') AS not_substantiated_count,
       count(*) FILTER (WHERE reopened_count > 0) AS reopened_count,
       coalesce(sum(punished_count), 0) AS punished_count,
       coalesce(sum(recovered_fen), 0)::bigint AS recovered_fen,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE state NOT IN ('received', 'handling')) AS median_days,
       chosen.name AS cursor
FROM chosen
WHERE (:cursor::text IS NULL OR chosen.name > :cursor::text)
GROUP BY chosen.name
ORDER BY chosen.name
LIMIT :limit::bigint
