-- Opens the case a decision planned: its first step is the proposal itself.
WITH given AS MATERIALIZED (
    SELECT g.*
    FROM jsonb_to_record(:plan::jsonb -> 'opened') AS g (
        case_county text, case_id uuid, kind text, state text, area_code text, household_id uuid, one_notice boolean, reason text, about jsonb,
        payload jsonb, votes_present int, votes_for int, evidence text, guarantees jsonb)
    WHERE g.case_id IS NOT NULL
), opened AS (
    INSERT INTO cases (county, id, kind, state, area_code, household_id, one_notice, reason, about, payload, proposed_by, proposed_at)
    SELECT case_county, case_id, kind, state, area_code, household_id, one_notice, reason, about, payload, :actor_id::uuid, :now::timestamptz
    FROM given
), proposed AS (
    INSERT INTO case_steps (county, case_id, step, actor_id, at, accepted, votes_present, votes_for, evidence)
    SELECT case_county, case_id, 'proposal', :actor_id::uuid, :now::timestamptz, true, nullif(votes_present, 0),
           CASE WHEN votes_present > 0 THEN votes_for END, evidence
    FROM given
), guaranteed AS (
    INSERT INTO case_guarantees (county, case_id, guarantee, evidence, seen_on)
    SELECT given.case_county, given.case_id, q.guarantee, q.evidence, q.seen_on
    FROM given
    CROSS JOIN LATERAL jsonb_to_recordset(given.guarantees) AS q (guarantee text, evidence text, seen_on date)
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'case_proposed', case_county, 'cases', case_id, reason,
       jsonb_build_object('kind', kind, 'household_id', household_id), :request_id
FROM given
