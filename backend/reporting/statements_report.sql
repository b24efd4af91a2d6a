-- The statements of a month put together, the whole first: sums of what was handed in, beside the counties that did not. Missing is missing, not nought.
WITH scope AS MATERIALIZED (
    SELECT a.code AS area, :first::date AS month
    FROM areas AS a
    WHERE a.code = :area::text
      AND area_within(a.code, :actor_areas::text[])
), duty AS MATERIALIZED (
    SELECT s.county, a.name, s.due_at, s.first_submitted_at, s.submitted_at, s.edition, s.id, s.as_of, s.reconciled, s.figures,
           CASE WHEN :by::text = 'prefecture' THEN left(s.county, 4) ELSE s.county END AS key
    FROM scope
    JOIN reporting_statements AS s
      ON s.month = scope.month
     AND starts_with(s.county, left(scope.area, 6))
    JOIN areas AS a
      ON a.code = s.county
), counted AS MATERIALIZED (
    SELECT groups.key, count(*) AS counties_due, count(d.id) AS counties_submitted,
           count(*) FILTER (WHERE d.first_submitted_at > d.due_at) AS counties_late,
           count(*) FILTER (WHERE d.id IS NULL AND d.due_at <= :now::timestamptz) AS counties_missing,
           string_agg(d.name, '、' ORDER BY d.county) FILTER (WHERE d.id IS NULL) AS missing_words,
           json_agg(json_build_object('county', d.county, 'name', d.name, 'due_at', d.due_at) ORDER BY d.county) FILTER (WHERE d.id IS NULL) AS missing,
           string_agg(d.name, '、' ORDER BY d.county) FILTER (WHERE d.reconciled = 'different') AS unreconciled_words,
           min(d.as_of) AS as_of, max(d.edition) AS edition, max(d.submitted_at) AS submitted_at, max(d.due_at) AS due_at,
           bool_or(d.first_submitted_at > d.due_at) AS is_late
    FROM duty AS d
    CROSS JOIN LATERAL (VALUES (''), (d.key)) AS groups (key)
    GROUP BY groups.key
), summed AS MATERIALIZED (
    SELECT groups.key,
           sum(v.value) FILTER (WHERE v.name = 'line_gross_fen')::bigint AS line_gross_fen,
           sum(v.value) FILTER (WHERE v.name = 'counted_gross_fen')::bigint AS counted_gross_fen,
           sum(v.value) FILTER (WHERE v.name = 'refunds_fen')::bigint AS refunds_fen,
           sum(v.value) FILTER (WHERE v.name = 'net_sales_fen')::bigint AS net_sales_fen,
           sum(v.value) FILTER (WHERE v.name = 'attributed_sales_fen')::bigint AS attributed_sales_fen,
           sum(v.value) FILTER (WHERE v.name = 'due_fen')::bigint AS due_fen,
           sum(v.value) FILTER (WHERE v.name = 'paid_fen')::bigint AS paid_fen,
           sum(v.value) FILTER (WHERE v.name = 'owed_fen')::bigint AS owed_fen,
           sum(v.value) FILTER (WHERE v.name = 'overdue_fen')::bigint AS overdue_fen,
           sum(v.value) FILTER (WHERE v.name = 'households_count')::bigint AS households_count,
           sum(v.value) FILTER (WHERE v.name = 'persons_count')::bigint AS persons_count,
           sum(v.value) FILTER (WHERE v.name = 'findings_open_count')::bigint AS findings_open_count
    FROM duty AS d
    CROSS JOIN LATERAL jsonb_to_recordset(d.figures) AS v (name text, value bigint)
    CROSS JOIN LATERAL (VALUES (''), (d.key)) AS groups (key)
    GROUP BY groups.key
)
SELECT keys.key,
       a.name AS label,
       CASE
           WHEN keys.key = '' OR :by::text = 'prefecture' THEN NULL
           WHEN c.counties_submitted = 0 AND c.counties_missing > 0 THEN 'missing'
           WHEN c.counties_submitted = 0 THEN 'due'
           WHEN c.is_late THEN 'late'
           ELSE 'submitted'
       END AS state,
       coalesce(c.counties_due, 0) AS counties_due,
       coalesce(c.counties_submitted, 0) AS counties_submitted,
       coalesce(c.counties_late, 0) AS counties_late,
       coalesce(c.counties_missing, 0) AS counties_missing,
       c.missing_words,
       c.edition,
       c.submitted_at,
       s.line_gross_fen,
       s.counted_gross_fen,
       s.refunds_fen,
       s.net_sales_fen,
       s.attributed_sales_fen,
       s.due_fen,
       s.paid_fen,
       s.owed_fen,
       s.overdue_fen,
       s.households_count,
       s.persons_count,
       s.findings_open_count,
       CASE WHEN keys.key <> '' AND coalesce(:by::text, '') <> 'prefecture' THEN (SELECT d.county || '-' || d.id FROM duty AS d WHERE d.county = keys.key) END
           AS statement_id,
       coalesce(c.missing, '[]') AS missing,
       c.due_at,
       scope.area,
       to_char(scope.month, 'YYYY-MM') AS month,
       'statement 1' AS formula,
       c.as_of,
       CASE WHEN :language = 'en' THEN 'A sales, B due, C paid; as handed in by counties' ELSE 'A 销售额，B 应付，C 到账；以各县报送为准' END AS level_words,
       CASE
           WHEN c.unreconciled_words IS NULL THEN CASE WHEN :language = 'en' THEN 'reconciles' ELSE '账实相符' END
           ELSE CASE WHEN :language = 'en' THEN 'DOES NOT RECONCILE: ' ELSE '账实不符：' END || c.unreconciled_words
       END AS reconciliation_words,
       keys.key AS cursor
FROM scope
CROSS JOIN (SELECT '' AS key UNION SELECT key FROM duty) AS keys
LEFT JOIN counted AS c
       ON c.key = keys.key
LEFT JOIN summed AS s
       ON s.key = keys.key
LEFT JOIN areas AS a
       ON a.code = keys.key
WHERE :cursor::text IS NULL
   OR keys.key > :cursor
ORDER BY keys.key
LIMIT :limit::int
