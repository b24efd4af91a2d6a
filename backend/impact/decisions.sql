-- What waits for a decision in an area, longest waiting first, as the dashboard counts it: each row names the thing to open.
WITH county AS MATERIALIZED (
    SELECT c.code
    FROM areas AS c
    WHERE c.kind = 'county'
      AND starts_with(c.code, left(:area::text, 6))
      AND area_within(:area::text, :actor_areas::text[])
), waiting AS (
    SELECT d.county, d.kind, d.id, d.words, d.area_code, d.since, d.due_at, d.proposed_by
    FROM county
    JOIN impact_decisions AS d
      ON d.county = county.code
     AND starts_with(d.area_code, :area::text)
     AND (d.due_at IS NULL OR d.due_at <= :now::timestamptz)
    UNION ALL
    SELECT u.county, 'shop_stopped', u.shop_id, u.name, u.area_code, min(u.paid_at), NULL, NULL
    FROM county
    JOIN impact_unshipped AS u
      ON u.county = county.code
     AND starts_with(u.area_code, :area::text)
     AND u.paid_at < :now::timestamptz - make_interval(secs => :period_ship_late_s::bigint)
    GROUP BY u.county, u.shop_id, u.name, u.area_code
)
SELECT d.kind,
       d.county || '-' || d.id AS id,
       d.words,
       d.area_code,
       a.name AS area_name,
       d.since,
       d.due_at,
       d.proposed_by = :actor_id::uuid AS is_own_entry,
       who.display_name AS entered_by,
       to_char(d.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '|' || d.kind || '|' || d.id AS cursor
FROM waiting AS d
JOIN areas AS a
  ON a.code = d.area_code
LEFT JOIN accounts AS who
       ON who.id = d.proposed_by
WHERE (:kind::text IS NULL OR d.kind = :kind::text)
  AND (:cursor::text IS NULL
       OR (d.since, d.kind, d.id) > (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2),
                                     split_part(:cursor::text, '|', 3)::uuid))
ORDER BY d.since, d.kind, d.id
LIMIT :limit::bigint
