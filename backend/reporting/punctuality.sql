-- Statement punctuality (K50): of those due, in time, late and missing, and how many were missed in a row until now; the whole first.
WITH scope AS MATERIALIZED (
    SELECT a.code AS area, date_trunc('month', :from::date)::date AS from_month, date_trunc('month', :to::date)::date AS to_month
    FROM areas AS a
    WHERE a.code = :area::text
      AND area_within(a.code, :actor_areas::text[])
), duty AS MATERIALIZED (
    SELECT s.county, s.month, s.due_at, s.first_submitted_at, s.id, s.escalated_at,
           coalesce(s.first_submitted_at > s.due_at, s.due_at <= :now::timestamptz) AS is_missed
    FROM scope
    JOIN reporting_statements AS s
      ON s.month BETWEEN scope.from_month AND scope.to_month
     AND starts_with(s.county, left(scope.area, 6))
    WHERE s.due_at <= :now::timestamptz
       OR s.id IS NOT NULL
), row_of AS MATERIALIZED (
    SELECT d.county, count(*) FILTER (WHERE d.month > coalesce(kept.month, '-infinity')) AS misses_in_row
    FROM duty AS d
    LEFT JOIN (SELECT k.county, max(k.month) AS month FROM duty AS k WHERE NOT k.is_missed GROUP BY k.county) AS kept
           ON kept.county = d.county
    GROUP BY d.county
), counted AS MATERIALIZED (
    SELECT groups.key, count(*) AS due_count, count(*) FILTER (WHERE NOT d.is_missed) AS on_time_count,
           count(*) FILTER (WHERE d.is_missed AND d.id IS NOT NULL) AS late_count, count(*) FILTER (WHERE d.id IS NULL) AS missing_count,
           max(d.escalated_at) AS escalated_at
    FROM duty AS d
    CROSS JOIN LATERAL (VALUES (''), (d.county)) AS groups (key)
    GROUP BY groups.key
)
SELECT keys.key,
       a.name AS label,
       coalesce(c.due_count, 0) AS due_count,
       coalesce(c.on_time_count, 0) AS on_time_count,
       coalesce(c.late_count, 0) AS late_count,
       coalesce(c.missing_count, 0) AS missing_count,
       CASE WHEN c.due_count > 0 THEN c.on_time_count * 1000000 / c.due_count END AS on_time_ppm,
       CASE WHEN keys.key = '' THEN (SELECT count(*) FROM row_of AS r WHERE r.misses_in_row >= 2) ELSE r.misses_in_row END AS misses_in_row,
       c.escalated_at,
       scope.area,
       scope.from_month AS from_on,
       (scope.to_month + interval '1 month' - interval '1 day')::date AS to_on,
       'K50 1' AS formula,
       :now::timestamptz AS as_of,
       keys.key AS cursor
FROM scope
CROSS JOIN (SELECT '' AS key UNION SELECT county FROM duty) AS keys
LEFT JOIN counted AS c
       ON c.key = keys.key
LEFT JOIN row_of AS r
       ON r.county = keys.key
LEFT JOIN areas AS a
       ON a.code = keys.key
WHERE :cursor::text IS NULL
   OR keys.key > :cursor
ORDER BY keys.key
LIMIT :limit::int
