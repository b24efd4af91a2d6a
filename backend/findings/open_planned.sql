-- Opens the findings a decision planned (plan.findings); one that is open already for the same subject and rule stays the only one.
WITH opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, blocks_counting, detail, opened_at)
    SELECT f.county,
           f.finding_id,
           f.class,
           f.rule,
           f.area_code,
           f.subject_kind,
           f.subject_id,
           f.blocks_counting,
           coalesce(f.detail, '{}'::jsonb),
           :now::timestamptz
    FROM jsonb_to_recordset(:plan::jsonb -> 'findings') AS f (
        county text, finding_id uuid, class text, rule text, area_code text, subject_kind text, subject_id uuid,
        blocks_counting boolean, detail jsonb)
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id
)
INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
FROM opened
