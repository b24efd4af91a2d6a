-- What each household of an area was paid in a period, and what is known to reckon its income from.
WITH scope AS MATERIALIZED (
    SELECT :area::text AS area, :from::date AS from_on, :to::date AS to_on,
           :from::date + (:to::date - :from::date) / 2 AS middle_on
    WHERE area_within(:area, :actor_areas::text[])
), goods AS MATERIALIZED (
    SELECT p.county, p.household_id, p.category_code, p.production_year, sum(p.amount_fen)::bigint AS paid_fen,
           sum(p.quantity_qty)::bigint AS quantity_qty
    FROM impact_paid AS p
    JOIN scope
      ON starts_with(p.county, left(scope.area, 6))
     AND starts_with(p.area_code, scope.area)
     AND p.result_on BETWEEN scope.from_on AND scope.to_on
    GROUP BY p.county, p.household_id, p.category_code, p.production_year
), cost AS MATERIALIZED (
    SELECT k.county, k.household_id, k.category_code, k.year, sum(k.amount_fen)::bigint AS amount_fen, max(k.produced_qty) AS produced_qty
    FROM household_costs AS k
    JOIN (SELECT DISTINCT county, household_id FROM goods) AS g
      ON g.county = k.county
     AND g.household_id = k.household_id
    WHERE k.evidence IN ('receipt', 'cooperative_book')
    GROUP BY k.county, k.household_id, k.category_code, k.year
), costed AS MATERIALIZED (
    SELECT g.county, g.household_id, sum(g.paid_fen)::bigint AS paid_fen, bool_and(cost.produced_qty IS NOT NULL) AS has_costs,
           coalesce(sum(round(cost.amount_fen::numeric * least(g.quantity_qty, cost.produced_qty) / cost.produced_qty)), 0)::bigint AS costs_fen
    FROM goods AS g
    LEFT JOIN cost
           ON cost.county = g.county
          AND cost.household_id = g.household_id
          AND cost.category_code = g.category_code
          AND cost.year = g.production_year
    GROUP BY g.county, g.household_id
), base_year AS MATERIALIZED (
    SELECT b.county, b.household_id, max(b.year) AS year
    FROM income_baselines AS b
    JOIN costed
      ON costed.county = b.county
     AND costed.household_id = b.household_id
    CROSS JOIN scope
    WHERE b.year <= extract(year FROM scope.from_on)
    GROUP BY b.county, b.household_id
), baseline AS MATERIALIZED (
    SELECT b.county, b.household_id,
           coalesce(sum(b.amount_fen) FILTER (WHERE b.kind = 'sale_of_produce' AND g.category_code IS NOT NULL), 0)::bigint AS goods_fen,
           coalesce(sum(b.amount_fen) FILTER (WHERE NOT (b.kind = 'sale_of_produce' AND g.category_code IS NOT NULL)), 0)::bigint AS other_fen,
           count(DISTINCT g.category_code) AS categories_count,
           bool_and(b.full_survey) AS full_survey,
           max(b.year) AS year
    FROM income_baselines AS b
    JOIN base_year AS y
      ON y.county = b.county
     AND y.household_id = b.household_id
     AND y.year = b.year
    LEFT JOIN (SELECT DISTINCT county, household_id, category_code FROM goods) AS g
           ON g.county = b.county
          AND g.household_id = b.household_id
          AND g.category_code = b.category_code
          AND b.kind = 'sale_of_produce'
    GROUP BY b.county, b.household_id
), resident AS MATERIALIZED (
    SELECT m.county, m.household_id, count(*) AS members_count
    FROM members AS m
    JOIN costed
      ON costed.county = m.county
     AND costed.household_id = m.household_id
    CROSS JOIN scope
    WHERE m.resident
      AND m.valid_from <= scope.middle_on
      AND (m.valid_to IS NULL OR m.valid_to > scope.middle_on)
    GROUP BY m.county, m.household_id
), sold_categories AS MATERIALIZED (
    SELECT county, household_id, count(DISTINCT category_code) AS categories_count
    FROM goods
    GROUP BY county, household_id
), reconciled AS MATERIALIZED (
    SELECT coalesce(jsonb_agg(jsonb_build_object('county', r.county, 'attribution_fen', r.attribution_fen, 'line_gross_fen', r.line_gross_fen,
                                                 'ledger_fen', r.ledger_fen,
                                                 'equal', r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen)
                              ORDER BY r.county), '[]') AS counties,
           coalesce(bool_and(r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen), true) AS equal
    FROM scope
    JOIN areas AS c
      ON c.kind = 'county'
     AND starts_with(c.code, left(scope.area, 6))
    CROSS JOIN LATERAL (SELECT county, attribution_fen, line_gross_fen, ledger_fen
                        FROM impact_reconciliation
                        WHERE county = c.code) AS r
)
SELECT scope.area,
       scope.from_on,
       scope.to_on,
       scope.to_on - scope.from_on + 1 AS days_count,
       :now::timestamptz AS as_of,
       reconciled.equal AS reconciles,
       reconciled.counties AS reconciliation,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'household_id', h.id, 'household_county', h.county, 'head', h.head_name_masked, 'area_code', h.area_code,
                   'paid_fen', costed.paid_fen, 'has_costs', costed.has_costs, 'costs_fen', costed.costs_fen,
                   'has_baseline', coalesce(baseline.categories_count = s.categories_count, false),
                   'baseline_goods_fen', coalesce(baseline.goods_fen, 0), 'baseline_other_fen', coalesce(baseline.other_fen, 0),
                   'full_survey', coalesce(baseline.full_survey, false),
                   'members_count', coalesce(resident.members_count, 0),
                   'poverty_line_fen', coalesce((SELECT max(p.amount_fen)
                                                 FROM poverty_lines AS p
                                                 WHERE starts_with(h.county, p.area_code)
                                                   AND p.year = extract(year FROM scope.to_on)
                                                   AND p.concept = 'net'), 0))
                   ORDER BY h.county, h.id), '[]')
        FROM costed
        JOIN households AS h
          ON h.county = costed.county
         AND h.id = costed.household_id
        JOIN sold_categories AS s
          ON s.county = costed.county
         AND s.household_id = costed.household_id
        LEFT JOIN baseline
               ON baseline.county = costed.county
              AND baseline.household_id = costed.household_id
        LEFT JOIN resident
               ON resident.county = costed.county
              AND resident.household_id = costed.household_id) AS households
FROM scope
CROSS JOIN reconciled
