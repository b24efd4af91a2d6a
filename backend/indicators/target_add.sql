-- Enters what an area shall reach of an indicator in a year; a newer entry counts, older ones stay.
WITH known AS MATERIALIZED (
    SELECT i.indicator, i.part
    FROM indicators AS i
    WHERE i.indicator = :indicator
      AND i.part = coalesce(:part, '')
      AND i.formula = 'indicators 1'
      AND i.kind <> 'input'
), permitted AS MATERIALIZED (
    SELECT a.code
    FROM areas AS a
    WHERE a.code = :area_code
      AND area_within(a.code, :actor_areas::text[])
), entered AS (
    INSERT INTO targets (area_code, id, indicator, part, year, base_year, value, source, entered_by, entered_at)
    SELECT permitted.code, :new_id::uuid, known.indicator, known.part, :year::int, :base_year::int, :value::bigint, :source,
           :actor_id::uuid, :now::timestamptz
    FROM permitted
    CROSS JOIN known
    RETURNING area_code, id, indicator, part, year, value
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'target_entered', left(area_code, 6), 'targets', id,
           jsonb_build_object('indicator', indicator, 'part', part, 'year', year, 'value', value), :request_id
    FROM entered
)
SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM known) THEN 'invalid' END AS problem,
       '/indicator' AS problem_pointer,
       entered.id AS target_id,
       entered.area_code,
       entered.indicator,
       entered.part,
       entered.year,
       entered.value
FROM permitted
LEFT JOIN entered
       ON true
