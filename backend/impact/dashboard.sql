-- The month of an area in one look, from the rollups: sales against plan and last year, who benefits, what is owed, where it changed.
WITH scope AS MATERIALIZED (
    SELECT :area::text AS area, a.name AS area_name, a.kind AS area_kind, :first::date AS month,
           (:first::date - interval '1 month')::date AS month_before, (:first::date - interval '12 months')::date AS year_ago,
           date_trunc('year', :first::date)::date AS january,
           CASE WHEN length(:area::text) <= 6 THEN 6 WHEN length(:area::text) <= 9 THEN 9 ELSE 12 END AS level,
           CASE WHEN length(:area::text) < 6 THEN 6 WHEN length(:area::text) < 9 THEN 9 ELSE 12 END AS part_level
    FROM areas AS a
    WHERE a.code = :area::text
      AND area_within(:area, :actor_areas::text[])
), county AS MATERIALIZED (
    SELECT c.code
    FROM scope
    JOIN areas AS c
      ON c.kind = 'county'
     AND starts_with(c.code, left(scope.area, 6))
), total AS MATERIALIZED (
    SELECT m.month, sum(m.sale_fen)::bigint AS sale_fen, sum(m.counted_fen)::bigint AS tagged_fen,
           sum(m.sale_fen + m.refund_fen)::bigint AS net_fen, sum(m.due_fen)::bigint AS due_fen, sum(m.paid_fen)::bigint AS paid_fen
    FROM county
    CROSS JOIN scope
    JOIN area_months AS m
      ON m.county = county.code
     AND m.level = scope.level
     AND m.dimension = 'total'
     AND m.area_code >= scope.area
     AND m.area_code < scope.area || ':'
     AND m.month BETWEEN scope.year_ago AND scope.month
    GROUP BY m.month
), trend AS MATERIALIZED (
    SELECT series.month::date AS month, coalesce(total.sale_fen, 0) AS sale_fen, coalesce(total.tagged_fen, 0) AS tagged_fen,
           coalesce(total.net_fen, 0) AS net_fen, coalesce(total.due_fen, 0) AS due_fen, coalesce(total.paid_fen, 0) AS paid_fen
    FROM scope
    CROSS JOIN LATERAL generate_series(scope.year_ago, scope.month, interval '1 month') AS series (month)
    LEFT JOIN total
           ON total.month = series.month::date
), plan AS MATERIALIZED (
    SELECT p.months_fen
    FROM scope
    JOIN sales_plans AS p
      ON p.county = left(scope.area, 6)
     AND p.area_code = scope.area
     AND p.year = extract(year FROM scope.month)
    ORDER BY p.entered_at DESC, p.id DESC
    LIMIT 1
), household AS MATERIALIZED (
    SELECT DISTINCT h.county, h.household_id
    FROM county
    CROSS JOIN scope
    JOIN household_years AS h
      ON h.county = county.code
     AND h.year = extract(year FROM scope.month)::smallint
     AND h.dimension = 'household'
     AND get_bit(h.months, extract(month FROM scope.month)::int - 1) = 1
     AND starts_with(h.area_code, scope.area)
), person AS MATERIALIZED (
    SELECT count(*) AS persons_count
    FROM household
    CROSS JOIN scope
    JOIN members AS m
      ON m.county = household.county
     AND m.household_id = household.household_id
     AND m.resident
     AND m.valid_from <= scope.month + 14
     AND (m.valid_to IS NULL OR m.valid_to > scope.month + 14)
), waiting AS MATERIALIZED (
    SELECT coalesce(sum(b.balance_fen), 0)::bigint AS owed_fen, count(*) FILTER (WHERE b.balance_fen > 0) AS households_count
    FROM county
    CROSS JOIN scope
    JOIN balances AS b
      ON b.county = county.code
     AND b.kind = 'household_payable'
    JOIN households AS h
      ON h.county = b.county
     AND h.id = b.holder_id
     AND starts_with(h.area_code, scope.area)
), late_due AS MATERIALIZED (
    SELECT d.county, d.payee_id, sum(d.amount_fen) AS amount_fen, min(d.payable_at) AS oldest_at
    FROM county
    JOIN dues AS d
      ON d.county = county.code
     AND d.state = 'payable'
     AND d.payee_kind = 'household'
     AND d.payable_at < :now::timestamptz - make_interval(secs => :period_due_overdue_s::bigint)
    GROUP BY d.county, d.payee_id
), overdue AS MATERIALIZED (
    SELECT coalesce(sum(d.amount_fen), 0)::bigint AS overdue_fen, count(*) AS households_count, min(d.oldest_at) AS oldest_at
    FROM late_due AS d
    CROSS JOIN scope
    JOIN households AS h
      ON h.county = d.county
     AND h.id = d.payee_id
     AND starts_with(h.area_code, scope.area)
), income AS MATERIALIZED (
    SELECT count(*) FILTER (WHERE y.level = 'C') AS at_level_c, count(*) FILTER (WHERE y.level = 'D') AS at_level_d,
           count(*) FILTER (WHERE y.level = 'E') AS at_level_e,
           sum(y.gain_fen)::bigint AS gain_fen, sum(y.members_count) FILTER (WHERE y.gain_fen IS NOT NULL)::bigint AS gain_persons_count,
           max(y.poverty_line_fen) AS poverty_line_fen, max(y.price_factor_ppm) AS price_factor_ppm, max(y.reckoned_at) AS reckoned_at
    FROM county
    CROSS JOIN scope
    JOIN income_years AS y
      ON y.county = county.code
     AND y.year = extract(year FROM scope.month)
     AND starts_with(y.area_code, scope.area)
), part AS MATERIALIZED (
    SELECT m.area_code,
           coalesce(sum(m.sale_fen + m.refund_fen) FILTER (WHERE m.month = scope.month), 0)::bigint AS net_fen,
           coalesce(sum(m.sale_fen + m.refund_fen) FILTER (WHERE m.month = scope.month_before), 0)::bigint AS before_fen,
           coalesce(sum(m.sale_fen + m.refund_fen) FILTER (WHERE m.month = scope.year_ago), 0)::bigint AS year_ago_fen,
           coalesce(sum(m.counted_fen) FILTER (WHERE m.month = scope.month), 0)::bigint AS tagged_fen
    FROM county
    CROSS JOIN scope
    JOIN area_months AS m
      ON m.county = county.code
     AND m.level = scope.part_level
     AND m.dimension = 'total'
     AND m.area_code >= scope.area
     AND m.area_code < scope.area || ':'
     AND m.month BETWEEN scope.year_ago AND scope.month
    GROUP BY m.area_code
), shop AS MATERIALIZED (
    SELECT m.county, m.key::uuid AS shop_id,
           coalesce(sum(m.sale_fen + m.refund_fen) FILTER (WHERE m.month = scope.month), 0)::bigint AS net_fen,
           coalesce(sum(m.sale_fen + m.refund_fen) FILTER (WHERE m.month = scope.month_before), 0)::bigint AS before_fen
    FROM county
    CROSS JOIN scope
    JOIN area_months AS m
      ON m.county = county.code
     AND m.level = scope.level
     AND m.dimension = 'shop'
     AND m.area_code >= scope.area
     AND m.area_code < scope.area || ':'
     AND m.month BETWEEN scope.month_before AND scope.month
    GROUP BY m.county, m.key
), late AS MATERIALIZED (
    SELECT o.county, o.shop_id, count(*) AS count, min(o.paid_at) AS since
    FROM county
    JOIN orders AS o
      ON o.county = county.code
     AND o.state = 'paid'
     AND o.paid_at < :now::timestamptz - make_interval(secs => :period_ship_late_s::bigint)
    GROUP BY o.county, o.shop_id
), shop_shown AS MATERIALIZED (
    SELECT s.county || '-' || s.id AS shop_id, s.name, s.state, coalesce(shop.net_fen, 0) AS net_fen, coalesce(shop.before_fen, 0) AS before_fen,
           coalesce(late.count, 0) AS unshipped_count
    FROM shop
    FULL JOIN late
           ON late.county = shop.county
          AND late.shop_id = shop.shop_id
    JOIN shops AS s
      ON s.county = coalesce(shop.county, late.county)
     AND s.id = coalesce(shop.shop_id, late.shop_id)
    CROSS JOIN scope
    WHERE shop.shop_id IS NOT NULL
       OR starts_with(s.area_code, scope.area)
    ORDER BY coalesce(late.count, 0) DESC, coalesce(shop.net_fen, 0) - coalesce(shop.before_fen, 0), s.id
    LIMIT 8
), decision AS MATERIALIZED (
    SELECT d.kind, count(*) AS count, min(d.since) AS since
    FROM county
    CROSS JOIN scope
    JOIN impact_decisions AS d
      ON d.county = county.code
     AND starts_with(d.area_code, scope.area)
    WHERE d.due_at IS NULL
       OR d.due_at <= :now::timestamptz
    GROUP BY d.kind
)
SELECT scope.area,
       scope.area_name,
       scope.area_kind,
       scope.month,
       coalesce((SELECT min(w.posted_at) FROM county JOIN impact_oldest_waiting AS w ON w.county = county.code), :now::timestamptz) AS as_of,
       this.net_fen,
       this.sale_fen,
       this.tagged_fen,
       CASE WHEN this.sale_fen > 0 THEN (this.tagged_fen::numeric * 1000000 / this.sale_fen)::bigint END AS tagged_share_ppm,
       (SELECT net_fen FROM trend WHERE month = scope.month_before) AS before_fen,
       (SELECT net_fen FROM trend WHERE month = scope.year_ago) AS year_ago_fen,
       (SELECT coalesce(sum(net_fen), 0)::bigint FROM trend WHERE month >= scope.january) AS year_fen,
       (SELECT months_fen[extract(month FROM scope.month)::int] FROM plan) AS plan_fen,
       (SELECT (SELECT sum(fen)::bigint FROM unnest(months_fen) AS fen) FROM plan) AS year_plan_fen,
       (SELECT (SELECT sum(fen)::bigint FROM unnest(months_fen[1:extract(month FROM scope.month)::int]) AS fen) FROM plan) AS plan_to_date_fen,
       (SELECT count(*) FROM household) AS households_count,
       (SELECT persons_count FROM person) AS persons_count,
       this.due_fen,
       this.paid_fen,
       waiting.owed_fen,
       waiting.households_count AS owed_households_count,
       overdue.overdue_fen,
       overdue.households_count AS overdue_households_count,
       overdue.oldest_at AS overdue_since,
       json_build_object('at_level_c', income.at_level_c, 'at_level_d', income.at_level_d, 'at_level_e', income.at_level_e,
                         'gain_a_head_fen', CASE WHEN income.gain_persons_count > 0 THEN income.gain_fen / income.gain_persons_count END,
                         'poverty_line_fen', nullif(income.poverty_line_fen, 0), 'price_factor_ppm', nullif(income.price_factor_ppm, 0),
                         'reckoned_at', income.reckoned_at) AS income,
       (SELECT json_agg(json_build_object('month', to_char(month, 'YYYY-MM'), 'net_fen', net_fen, 'sale_fen', sale_fen, 'tagged_fen', tagged_fen)
                        ORDER BY month)
        FROM trend) AS trend,
       (SELECT coalesce(json_agg(json_build_object('area_code', part.area_code, 'name', a.name, 'net_fen', part.net_fen, 'before_fen', part.before_fen,
                                                   'year_ago_fen', part.year_ago_fen, 'tagged_fen', part.tagged_fen)
                                 ORDER BY part.net_fen DESC, part.area_code), '[]')
        FROM part
        JOIN areas AS a
          ON a.code = part.area_code) AS parts,
       (SELECT coalesce(json_agg(json_build_object('shop_id', shop_id, 'name', name, 'state', state, 'net_fen', net_fen, 'before_fen', before_fen,
                                                   'unshipped_count', unshipped_count)
                                 ORDER BY unshipped_count DESC, net_fen - before_fen, shop_id), '[]')
        FROM shop_shown) AS shops,
       (SELECT coalesce(json_agg(json_build_object('kind', kind, 'count', count, 'since', since) ORDER BY since), '[]')
        FROM (SELECT kind, count, since FROM decision
              UNION ALL
              SELECT 'shop_stopped', count(*), min(late.since)
              FROM late
              CROSS JOIN scope
              JOIN shops AS s
                ON s.county = late.county
               AND s.id = late.shop_id
               AND starts_with(s.area_code, scope.area)
              HAVING count(*) > 0) AS d) AS decisions
FROM scope
JOIN trend AS this
  ON this.month = scope.month
CROSS JOIN waiting
CROSS JOIN overdue
CROSS JOIN income
