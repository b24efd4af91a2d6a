-- What households that were paid would keep by cost norms, where evidence is missing: level "D, norm", its own figure beside those with
-- evidence. Households with evidence are counted and not summed here.
WITH scope AS MATERIALIZED (
    SELECT :area::text AS area
    WHERE area_within(:area, :actor_areas::text[])
), goods AS MATERIALIZED (
    SELECT p.county, p.household_id, p.category_code, p.production_year, sum(p.amount_fen)::bigint AS paid_fen,
           sum(p.quantity_qty)::bigint AS quantity_qty
    FROM impact_paid AS p
    JOIN scope
      ON starts_with(p.county, left(scope.area, 6))
     AND starts_with(p.area_code, scope.area)
     AND p.result_on BETWEEN :from::date AND :to::date
    GROUP BY p.county, p.household_id, p.category_code, p.production_year
), household AS MATERIALIZED (
    SELECT g.county, g.household_id, sum(g.paid_fen)::bigint AS paid_fen,
           bool_and(cost.id IS NOT NULL) AS has_evidence,
           bool_and(norm.amount_fen IS NOT NULL) AS has_norms,
           sum(round(norm.amount_fen::numeric * g.quantity_qty / norm.per_qty))::bigint AS costs_fen
    FROM goods AS g
    LEFT JOIN LATERAL (SELECT k.id
                       FROM household_costs AS k
                       WHERE k.county = g.county
                         AND k.household_id = g.household_id
                         AND k.category_code = g.category_code
                         AND k.year = g.production_year
                         AND k.evidence IN ('receipt', 'cooperative_book')
                       LIMIT 1) AS cost
           ON true
    LEFT JOIN LATERAL (SELECT n.amount_fen, n.per_qty
                       FROM cost_norms AS n
                       WHERE starts_with(g.county, n.area_code)
                         AND n.category_code = g.category_code
                         AND n.year = g.production_year
                       ORDER BY length(n.area_code) DESC
                       LIMIT 1) AS norm
           ON true
    GROUP BY g.county, g.household_id
), summed AS (
    SELECT count(*) FILTER (WHERE has_evidence) AS with_evidence_count,
           count(*) FILTER (WHERE NOT has_evidence AND has_norms) AS households_count,
           count(*) FILTER (WHERE NOT has_evidence AND NOT has_norms) AS without_norm_count,
           coalesce(sum(paid_fen) FILTER (WHERE NOT has_evidence AND has_norms), 0)::bigint AS paid_fen,
           coalesce(sum(costs_fen) FILTER (WHERE NOT has_evidence AND has_norms), 0)::bigint AS norm_costs_fen
    FROM household
)
SELECT scope.area,
       'D, norm' AS level,
       summed.with_evidence_count,
       summed.households_count,
       summed.without_norm_count,
       summed.paid_fen,
       summed.norm_costs_fen,
       summed.paid_fen - summed.norm_costs_fen AS net_by_norm_fen
FROM scope
CROSS JOIN summed
