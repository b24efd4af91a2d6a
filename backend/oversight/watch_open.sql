-- Opens a finding of a watch, unless this thing was found by it before: what was looked into and closed is not asked again every night.
WITH opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, opened_at)
    SELECT :county, gen_random_uuid(), :class, :rule, :area_code, :subject_kind, :subject_id::uuid, :detail::jsonb, :now::timestamptz
    WHERE NOT EXISTS (SELECT 1
                      FROM findings AS f
                      WHERE f.county = :county
                        AND f.subject_id = :subject_id::uuid
                        AND f.rule = :rule)
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id
)
INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
FROM opened
