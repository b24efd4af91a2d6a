-- Enters what an area means to sell in a year; the newest entry counts, older ones stay.
WITH entered AS (
    INSERT INTO sales_plans (county, id, area_code, year, months_fen, source, entered_by, entered_at)
    SELECT left(:area_code::text, 6), :new_id::uuid, :area_code::text, :year::int,
           ARRAY(SELECT (month.value ->> 'amount_fen')::bigint FROM jsonb_array_elements(:months::jsonb) WITH ORDINALITY AS month (value, n) ORDER BY month.n),
           :source, :actor_id::uuid, :now::timestamptz
    WHERE area_within(:area_code::text, :actor_areas::text[])
    RETURNING county, id, area_code, year
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'sales_plan_entered', county, 'sales_plans', id, :request_id
    FROM entered
)
SELECT county || '-' || id AS plan_id, area_code, year
FROM entered
