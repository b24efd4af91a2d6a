-- Freezes a month as planned; one that waits already, or an edition handed in meanwhile, is a conflict.
WITH written AS (
    INSERT INTO county_statements (county, id, month, edition, state, formula, as_of, reconciled, figures, changes, reason, previous_hash, canonical,
                                   hash, prepared_by, prepared_at)
    SELECT p.county, p.statement_id, (p.month || '-01')::date, p.edition, p.state, p.formula, p.as_of, p.reconciled, p.figures, p.changes, p.reason,
           p.previous_hash, p.canonical, p.hash, :actor_id::uuid, :now::timestamptz
    FROM jsonb_to_record(:plan::jsonb) AS p (
        county text, statement_id uuid, month text, edition int, state text, formula text, as_of timestamptz, reconciled text, figures jsonb,
        changes jsonb, reason text, previous_hash text, canonical text, hash text)
    RETURNING county, id, month, edition, hash, reason
), duty AS (
    -- Of a month from before duties were written down: it is late only if it takes as long again.
    INSERT INTO statement_duties (county, month, due_at, opened_at)
    SELECT w.county, w.month,
           greatest((w.month + interval '1 month')::timestamp AT TIME ZONE 'Asia/Shanghai', :now::timestamptz)
           + make_interval(secs => :period_statement_due_s::bigint),
           :now::timestamptz
    FROM written AS w
    ON CONFLICT (county, month) DO NOTHING
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'statement_prepared', county, 'county_statements', id, reason,
       jsonb_build_object('month', month, 'edition', edition, 'hash', hash), :request_id
FROM written
