-- Writes down which counties owe a statement of the months that ended: those with a shop before the month was over, from the month after the
-- last one written down. A county that is new, or an installation that never did this, begins with the month that ended last.
WITH ended AS MATERIALIZED (
    SELECT (date_trunc('month', :now::timestamptz AT TIME ZONE 'Asia/Shanghai') - interval '1 month')::date AS month
), county AS MATERIALIZED (
    SELECT s.county, min(s.created_at) AS since
    FROM shops AS s
    WHERE s.state IN ('open', 'suspended')
    GROUP BY s.county
)
INSERT INTO statement_duties (county, month, due_at, opened_at)
SELECT county.county, m.month::date,
       (m.month::date + interval '1 month')::timestamp AT TIME ZONE 'Asia/Shanghai' + make_interval(secs => :period_statement_due_s::bigint),
       :now::timestamptz
FROM county
CROSS JOIN ended
LEFT JOIN (SELECT d.county, max(d.month) AS month FROM statement_duties AS d GROUP BY d.county) AS last
       ON last.county = county.county
CROSS JOIN LATERAL generate_series(coalesce(last.month + interval '1 month', ended.month), ended.month, interval '1 month') AS m (month)
WHERE county.since < (m.month::date + interval '1 month')::timestamp AT TIME ZONE 'Asia/Shanghai'
ON CONFLICT (county, month) DO NOTHING
