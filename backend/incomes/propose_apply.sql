-- Keeps a proposed distribution with its rule, its reasons and its lines (plan): villages first, then households, none without money.
WITH plan AS MATERIALIZED (
    SELECT :plan::jsonb AS of
), distributed AS (
    INSERT INTO distributions (county, id, supplier_id, rule_version, purpose, income_kind, title, from_on, to_on, source, payer_id, pool_fen,
                               income_fen, organisation_fen, villages_fen, households_fen, households_count, steps, explanation,
                               proposed_by, proposed_at)
    SELECT r.county, (plan.of ->> 'distribution_id')::uuid, r.supplier_id, r.version, r.purpose, plan.of ->> 'income_kind', :title,
           :from_on::date, :to_on::date, :source, :payer_id::uuid, (plan.of ->> 'pool_fen')::bigint, (plan.of ->> 'income_fen')::bigint,
           (plan.of ->> 'organisation_fen')::bigint, (plan.of ->> 'villages_fen')::bigint, (plan.of ->> 'households_fen')::bigint,
           (plan.of ->> 'households_count')::int, r.steps, plan.of -> 'steps', :actor_id::uuid, :now::timestamptz
    FROM plan
    JOIN distribution_rules AS r
      ON r.county = :supplier_county
     AND r.supplier_id = :supplier_id::uuid
     AND r.version = :rule_version::int
    RETURNING county, id
), line AS MATERIALIZED (
    SELECT 0 AS rank, v.area_code, v.supplier_id::text AS place, 'supplier' AS payee_kind, v.supplier_id AS payee_id, 0::bigint AS shares,
           0 AS heads, 0::bigint AS units_hundredths, 0 AS grade, 0::bigint AS rate_fen, v.received_fen, v.kept_fen AS amount_fen,
           '[]'::jsonb AS parts
    FROM plan
    CROSS JOIN jsonb_to_recordset(plan.of -> 'villages') AS v (area_code text, supplier_id uuid, received_fen bigint, kept_fen bigint)
    WHERE v.kept_fen > 0
    UNION ALL
    SELECT 1, h.area_code, h.card_number, 'household', h.household_id, h.shares, h.heads, h.units_hundredths, h.grade, h.rate_fen,
           h.amount_fen, h.amount_fen, h.parts
    FROM plan
    CROSS JOIN jsonb_to_recordset(plan.of -> 'lines') AS h (
        household_id uuid, area_code text, card_number text, shares bigint, heads int, units_hundredths bigint, grade int, rate_fen bigint,
        amount_fen bigint, parts jsonb)
    WHERE h.amount_fen > 0
), kept AS (
    INSERT INTO distribution_lines (county, distribution_id, position, payee_kind, payee_id, area_code, shares, heads, units_hundredths, grade,
                                    rate_fen, received_fen, amount_fen, parts)
    SELECT distributed.county, distributed.id, row_number() OVER (ORDER BY line.rank, line.area_code, line.place), line.payee_kind,
           line.payee_id, line.area_code, line.shares, line.heads, line.units_hundredths, line.grade, line.rate_fen, line.received_fen,
           line.amount_fen, line.parts
    FROM distributed
    CROSS JOIN line
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'distribution_proposed', county, 'distributions', id, :request_id
FROM distributed
