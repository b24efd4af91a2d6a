-- A county announces a campaign. Consumption Day is 17 October of the year of its first day, whatever day that names.
WITH home AS (
    SELECT a.code AS county
    FROM areas AS a
    WHERE a.code = :county
      AND a.kind = 'county'
      AND area_within(a.code, :actor_areas::text[])
), days AS (
    SELECT d.starts_on, CASE :template WHEN 'consumption_day' THEN d.starts_on + 1 ELSE :ends_on::date END AS ends_on
    FROM (SELECT CASE :template WHEN 'consumption_day' THEN make_date(extract(year FROM :starts_on::date)::int, 10, 17)
                                ELSE :starts_on::date END AS starts_on) AS d
), added AS (
    INSERT INTO campaigns (county, id, template, title, starts_on, ends_on, goal_fen, made_by, made_at)
    SELECT home.county, :new_id::uuid, :template, :title, days.starts_on, days.ends_on, :goal_fen::bigint, :actor_id::uuid, :now::timestamptz
    FROM home
    JOIN days
      ON days.ends_on > days.starts_on
     AND days.ends_on <= days.starts_on + 62
    RETURNING county, id, starts_on, ends_on, version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'campaign_added', county, 'campaigns', id, '{}', :request_id
    FROM added
)
SELECT CASE WHEN added.id IS NULL THEN 'invalid' END AS problem,
       CASE WHEN EXISTS (SELECT FROM home) THEN '/ends_on' ELSE '/county' END AS problem_pointer,
       added.county || '-' || added.id AS campaign_id,
       added.starts_on,
       added.ends_on,
       added.version
FROM (VALUES (1)) AS asked (once)
LEFT JOIN added ON true
