-- Writes figures down that others reckoned; all or none. A later figure for the same area and period counts instead of an earlier one.
WITH given AS MATERIALIZED (
    SELECT x.n - 1 AS n, o.area_code, o.indicator, coalesce(o.part, '') AS part, o.from_on, o.to_on, o.value, o.source
    FROM jsonb_array_elements(:items::jsonb) WITH ORDINALITY AS x (item, n)
    CROSS JOIN LATERAL jsonb_to_record(x.item) AS o (area_code text, indicator text, part text, from_on date, to_on date, value bigint, source text)
), fault AS MATERIALIZED (
    SELECT g.n,
           CASE
               WHEN a.code IS NULL THEN 'area_code'
               WHEN i.indicator IS NULL THEN 'indicator'
               WHEN g.from_on > g.to_on THEN 'to_on'
               WHEN g.value < 0 AND i.unit <> 'fen' THEN 'value'
           END AS field
    FROM given AS g
    LEFT JOIN areas AS a
           ON a.code = g.area_code
          AND area_within(a.code, :actor_areas::text[])
    LEFT JOIN indicators AS i
           ON i.indicator = g.indicator
          AND i.part = g.part
          AND i.formula = 'indicators 1'
          AND i.kind IN ('outside', 'input')
    ORDER BY g.n
), first_fault AS (
    SELECT n, field
    FROM fault
    WHERE field IS NOT NULL
    ORDER BY n
    LIMIT 1
), written AS (
    INSERT INTO outside_figures (area_code, id, indicator, part, from_on, to_on, value, source, recorded_by, recorded_at)
    SELECT g.area_code, gen_random_uuid(), g.indicator, g.part, g.from_on, g.to_on, g.value, g.source, :actor_id::uuid, :now::timestamptz
    FROM given AS g
    WHERE NOT EXISTS (SELECT 1 FROM first_fault)
    RETURNING area_code, id, indicator, part, value
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'outside_figure_recorded', left(area_code, 6), 'outside_figures', id,
           jsonb_build_object('indicator', indicator, 'part', part, 'value', value), :request_id
    FROM written
)
SELECT CASE WHEN f.n IS NOT NULL THEN 'invalid' END AS problem,
       '/items/' || f.n || '/' || f.field AS problem_pointer,
       (SELECT count(*) FROM written) AS recorded_count
FROM (SELECT) AS always
LEFT JOIN first_fault AS f
       ON true
