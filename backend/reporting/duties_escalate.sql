-- A second miss in a row becomes a finding, once; it lies with the county's prefecture to follow it up.
WITH twice AS (
    UPDATE statement_duties AS d
    SET escalated_at = :now::timestamptz
    FROM statement_duties AS before
    WHERE before.county = d.county
      AND before.month = (d.month - interval '1 month')::date
      AND before.missed_at IS NOT NULL
      AND d.missed_at IS NOT NULL
      AND d.escalated_at IS NULL
    RETURNING d.county, d.month, before.month AS month_before
), opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, opened_at)
    SELECT t.county, gen_random_uuid(), 'audit', 'statement_missed_twice', t.county, 'areas', '00000000-0000-0000-0000-000000000000',
           jsonb_build_object('months', jsonb_agg(to_char(t.month, 'YYYY-MM') ORDER BY t.month), 'since', to_char(min(t.month_before), 'YYYY-MM'),
                              'for', left(t.county, 4)),
           :now::timestamptz
    FROM twice AS t
    GROUP BY t.county
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id
)
INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
FROM opened
