-- Indicators of an area and whole months: measured from the books, from outside, or missing with the reason. By month or by the areas
-- below, a row each; one indicator, or all. A figure that can't be reckoned is null, never nought.
WITH cell AS MATERIALIZED (
    SELECT c.key, c.label, c.area, c.from_on, c.to_on, (c.to_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS ends_at,
           CASE WHEN length(c.area) <= 6 THEN 6 WHEN length(c.area) <= 9 THEN 9 ELSE 12 END AS level
    FROM (SELECT '' AS key, NULL AS label, :area::text AS area, date_trunc('month', :from::date)::date AS from_on,
                 (date_trunc('month', :to::date) + interval '1 month' - interval '1 day')::date AS to_on
          WHERE :by::text IS NULL
          UNION ALL
          SELECT to_char(m, 'YYYY-MM'), NULL, :area::text, m::date, (m + interval '1 month' - interval '1 day')::date
          FROM generate_series(date_trunc('month', :from::date), date_trunc('month', :to::date), interval '1 month') AS m
          WHERE :by::text = 'month'
          UNION ALL
          SELECT a.code, a.name, a.code, date_trunc('month', :from::date)::date,
                 (date_trunc('month', :to::date) + interval '1 month' - interval '1 day')::date
          FROM areas AS a
          WHERE :by::text = 'area'
            AND a.parent_code = :area::text) AS c
    WHERE area_within(:area::text, :actor_areas::text[])
), county AS MATERIALIZED (
    SELECT cell.*, c.code AS county
    FROM cell
    JOIN areas AS c
      ON c.kind = 'county'
     AND starts_with(c.code, left(cell.area, 6))
), wanted AS MATERIALIZED (
    SELECT i.*
    FROM indicators AS i
    WHERE i.formula = 'indicators 1'
      AND (:indicator::text IS NULL OR i.indicator = :indicator::text)
      AND (:family::text IS NULL OR i.family = :family::text)
), asked AS MATERIALIZED (
    -- What nobody asked for isn't reckoned: each part below names the indicators it is for.
    SELECT array_agg(DISTINCT w.indicator) AS indicators
    FROM wanted AS w
), sold AS MATERIALIZED (
    SELECT c.key, sum(m.sale_fen)::bigint AS sale_fen, sum(m.counted_fen)::bigint AS counted_fen,
           sum(m.sale_fen + m.refund_fen)::bigint AS net_fen, sum(m.counted_fen + m.counted_refund_fen)::bigint AS attributed_fen,
           sum(m.due_fen)::bigint AS due_fen, sum(m.paid_fen)::bigint AS paid_fen
    FROM county AS c
    JOIN area_months AS m
      ON m.county = c.county
     AND m.level = c.level
     AND m.dimension = 'total'
     AND m.area_code >= c.area
     AND m.area_code < c.area || ':'
     AND m.month BETWEEN c.from_on AND c.to_on
    WHERE (SELECT indicators && '{K05,K06,K07,K13,K14,K18,I1,I2,I3,I4}' FROM asked)
    GROUP BY c.key
), shop AS MATERIALIZED (
    SELECT c.key, count(*) FILTER (WHERE s.state = 'open') AS open_count
    FROM county AS c
    JOIN shops AS s
      ON s.county = c.county
     AND starts_with(s.area_code, c.area)
     AND s.created_at < c.ends_at
    WHERE (SELECT indicators && '{K03}' FROM asked)
    GROUP BY c.key
), active AS MATERIALIZED (
    SELECT c.key, count(DISTINCT m.key) AS count
    FROM county AS c
    JOIN area_months AS m
      ON m.county = c.county
     AND m.level = c.level
     AND m.dimension = 'shop'
     AND m.area_code >= c.area
     AND m.area_code < c.area || ':'
     AND m.month BETWEEN c.from_on AND c.to_on
     AND m.counted_fen > 0
    WHERE (SELECT indicators && '{K03}' FROM asked)
    GROUP BY c.key
), station AS MATERIALIZED (
    SELECT c.key, s.area_code, count(*) AS count
    FROM county AS c
    JOIN stations AS s
      ON s.county = c.county
     AND starts_with(s.area_code, c.area)
     AND s.state = 'open'
     AND s.opened_on <= c.to_on
     AND (s.closed_on IS NULL OR s.closed_on > c.to_on)
    WHERE (SELECT indicators && '{K01,K02}' FROM asked)
    GROUP BY c.key, s.area_code
), village AS MATERIALIZED (
    SELECT c.key, count(*) AS count,
           count(*) FILTER (WHERE EXISTS (SELECT 1 FROM station AS s WHERE s.key = c.key AND s.area_code = v.area_code)) AS with_station,
           count(*) FILTER (WHERE EXISTS (SELECT 1
                                          FROM role_grants AS g
                                          WHERE g.role = 'team'
                                            AND g.area_code = v.area_code
                                            AND g.valid_from <= c.to_on
                                            AND (g.valid_to IS NULL OR g.valid_to > c.to_on)
                                            AND g.revoked_at IS NULL)) AS with_team
    FROM county AS c
    JOIN village_statuses AS v
      ON v.county = c.county
     AND v.status = 'poor'
     AND starts_with(v.area_code, c.area)
     AND v.valid @> c.to_on
     AND upper_inf(v.known)
    WHERE (SELECT indicators && '{K02,K33,K42}' FROM asked)
    GROUP BY c.key
), worker AS MATERIALIZED (
    SELECT c.key, count(DISTINCT g.account_id) AS count
    FROM county AS c
    JOIN role_grants AS g
      ON g.organisation_county = c.county
     AND g.role = 'operator'
     AND g.valid_from <= c.to_on
     AND (g.valid_to IS NULL OR g.valid_to > c.to_on)
     AND (g.revoked_at IS NULL OR g.revoked_at >= c.ends_at)
    LEFT JOIN shops AS s
           ON s.county = c.county
          AND s.id = g.organisation_id
    LEFT JOIN stations AS t
           ON t.county = c.county
          AND t.id = g.organisation_id
    WHERE starts_with(coalesce(s.area_code, t.area_code), c.area)
      AND (SELECT indicators && '{K04}' FROM asked)
    GROUP BY c.key
), registered AS MATERIALIZED (
    SELECT c.key, c.county, s.household_id, w.account_id AS helper_account_id
    FROM county AS c
    JOIN household_statuses AS s
      ON s.county = c.county
     AND s.status IN ('registered', 'returned')
     AND s.valid @> c.to_on
     AND upper_inf(s.known)
    JOIN households AS h
      ON h.county = s.county
     AND h.id = s.household_id
    LEFT JOIN household_helpers AS w
           ON w.county = s.county
          AND w.household_id = s.household_id
          AND w.valid @> c.to_on
    WHERE starts_with(h.area_code, c.area)
      AND (SELECT indicators && '{K15,K33,K34,K36,K41,K43}' FROM asked)
), stock AS MATERIALIZED (
    SELECT r.key, count(*) AS households, count(r.helper_account_id) AS helped, count(DISTINCT r.helper_account_id) AS helpers
    FROM registered AS r
    WHERE (SELECT indicators && '{K15,K33,K34,K41,K43}' FROM asked)
    GROUP BY r.key
), person AS MATERIALIZED (
    SELECT c.key, count(*) AS count
    FROM registered AS r
    JOIN cell AS c
      ON c.key = r.key
    JOIN members AS m
      ON m.county = r.county
     AND m.household_id = r.household_id
     AND m.valid_from <= c.to_on
     AND (m.valid_to IS NULL OR m.valid_to > c.to_on)
    WHERE (SELECT indicators && '{K33,K36}' FROM asked)
    GROUP BY c.key
), history AS MATERIALIZED (
    SELECT h.county, h.area_code, k.household_id, lower(k.valid) AS on_day, k.status,
           lag(k.status) OVER (PARTITION BY k.household_id ORDER BY lower(k.valid)) AS before
    FROM (SELECT DISTINCT county FROM county) AS c
    JOIN household_statuses AS k
      ON k.county = c.county
     AND upper_inf(k.known)
    JOIN households AS h
      ON h.county = k.county
     AND h.id = k.household_id
    WHERE (SELECT indicators && '{K34,K35,K37}' FROM asked)
), change AS MATERIALIZED (
    SELECT c.key, c.from_on, c.to_on, h.household_id, h.on_day, h.status, h.before
    FROM county AS c
    JOIN history AS h
      ON h.county = c.county
     AND starts_with(h.area_code, c.area)
     AND h.on_day <= c.to_on
), flow AS MATERIALIZED (
    SELECT c.key,
           count(*) FILTER (WHERE c.on_day >= c.from_on AND c.status = 'exited_supported') AS exits,
           count(*) FILTER (WHERE c.on_day >= c.from_on AND c.status = 'returned') AS returns,
           count(*) FILTER (WHERE c.on_day >= c.from_on AND c.status = 'registered' AND coalesce(c.before, '') <> 'returned') AS entries,
           count(*) FILTER (WHERE c.on_day >= c.from_on AND coalesce(c.before, '') IN ('registered', 'returned')
                                  AND c.status NOT IN ('registered', 'returned', 'exited_supported')) AS corrected,
           count(DISTINCT c.household_id) FILTER (WHERE c.on_day > c.to_on - interval '3 years' AND c.status = 'exited_supported') AS exits_3,
           count(DISTINCT c.household_id) FILTER (WHERE c.on_day > c.to_on - interval '3 years' AND c.status = 'returned'
                                                        AND c.before = 'exited_supported') AS returns_3
    FROM change AS c
    GROUP BY c.key
), opening AS MATERIALIZED (
    SELECT c.key, count(*) AS households
    FROM county AS c
    JOIN household_statuses AS s
      ON s.county = c.county
     AND s.status IN ('registered', 'returned')
     AND s.valid @> (c.from_on - 1)
     AND upper_inf(s.known)
    JOIN households AS h
      ON h.county = s.county
     AND h.id = s.household_id
    WHERE starts_with(h.area_code, c.area)
      AND (SELECT indicators && '{K34}' FROM asked)
    GROUP BY c.key
), look_back AS MATERIALIZED (
    SELECT c.key, sum(b.added_count)::bigint AS added, sum(b.removed_count)::bigint AS removed
    FROM county AS c
    JOIN look_backs AS b
      ON b.county = c.county
     AND b.state = 'done'
     AND (b.decided_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN c.from_on AND c.to_on
    WHERE length(c.area) <= 6
      AND (SELECT indicators && '{K40}' FROM asked)
    GROUP BY c.key
), paid_household AS MATERIALIZED (
    SELECT c.key, p.county, p.household_id, sum(p.paid_fen)::bigint AS all_fen,
           sum(p.paid_fen) FILTER (WHERE p.income_kind = 'sale_of_produce')::bigint AS goods_fen,
           sum(p.paid_fen) FILTER (WHERE p.income_kind = 'wage')::bigint AS wage_fen,
           sum(p.paid_fen) FILTER (WHERE p.income_kind = 'rent')::bigint AS rent_fen,
           sum(p.paid_fen) FILTER (WHERE p.income_kind = 'dividend')::bigint AS dividend_fen,
           sum(p.paid_fen) FILTER (WHERE p.income_kind = 'post_subsidy')::bigint AS post_fen,
           count(*) FILTER (WHERE p.income_kind = 'wage') AS wage_months
    FROM county AS c
    JOIN paid_household_months AS p
      ON p.county = c.county
     AND p.month BETWEEN c.from_on AND c.to_on
     AND p.dues_count > 0
     AND starts_with(p.area_code, c.area)
    WHERE (SELECT indicators && '{K12,K15,K16,K17,K18,K23,K24,K26,I5,I16,I17}' FROM asked)
    GROUP BY c.key, p.county, p.household_id
), paid AS MATERIALIZED (
    SELECT p.key, sum(p.all_fen)::bigint AS all_fen,
           coalesce(sum(p.goods_fen), 0)::bigint AS goods_fen,
           coalesce(sum(p.wage_fen), 0)::bigint AS wage_fen,
           coalesce(sum(p.rent_fen), 0)::bigint AS rent_fen,
           coalesce(sum(p.dividend_fen), 0)::bigint AS dividend_fen,
           coalesce(sum(p.post_fen), 0)::bigint AS post_fen,
           count(*) AS households, count(p.goods_fen) AS goods_households, count(p.dividend_fen) AS dividend_households,
           count(p.post_fen) AS post_households
    FROM paid_household AS p
    GROUP BY p.key
), paid_registered AS MATERIALIZED (
    SELECT p.key, count(*) AS households
    FROM (SELECT key, county, household_id
          FROM paid_household
          WHERE goods_fen IS NOT NULL
          INTERSECT
          SELECT key, county, household_id
          FROM registered) AS p
    GROUP BY p.key
), depth AS MATERIALIZED (
    SELECT p.key,
           percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY p.all_fen) AS quartiles_fen,
           count(*) FILTER (WHERE p.wage_months >= 3) AS at_work
    FROM paid_household AS p
    GROUP BY p.key
), benefiting AS MATERIALIZED (
    SELECT c.key, count(*) AS persons
    FROM paid_household AS p
    JOIN cell AS c
      ON c.key = p.key
    JOIN members AS m
      ON m.county = p.county
     AND m.household_id = p.household_id
     AND m.valid_from <= c.to_on
     AND (m.valid_to IS NULL OR m.valid_to > c.to_on)
    GROUP BY c.key
), steady AS MATERIALIZED (
    SELECT s.key, count(*) AS households
    FROM (SELECT c.key, p.household_id
          FROM county AS c
          JOIN paid_household_months AS p
            ON p.county = c.county
           AND p.month BETWEEN (date_trunc('month', c.to_on) - interval '11 months')::date AND c.to_on
           AND p.dues_count > 0
           AND starts_with(p.area_code, c.area)
          WHERE (SELECT indicators && '{I18}' FROM asked)
          GROUP BY c.key, p.household_id
          HAVING count(DISTINCT date_trunc('quarter', p.month)) >= 3) AS s
    GROUP BY s.key
), lag AS MATERIALIZED (
    SELECT w.key, min(w.days) FILTER (WHERE w.so_far >= 0.5 * w.dues_count) AS half_days,
           min(w.days) FILTER (WHERE w.so_far >= 0.9 * w.dues_count) AS most_days
    FROM (SELECT d.key, d.days, sum(d.dues_count) OVER (PARTITION BY d.key ORDER BY d.days) AS so_far,
                 sum(d.dues_count) OVER (PARTITION BY d.key) AS dues_count
          FROM (SELECT c.key, p.days, sum(p.dues_count) AS dues_count
                FROM county AS c
                JOIN paid_days AS p
                  ON p.county = c.county
                 AND p.area_code >= c.area
                 AND p.area_code < c.area || ':'
                 AND length(p.area_code) = c.level
                 AND p.month BETWEEN c.from_on AND c.to_on
                WHERE (SELECT indicators && '{I6}' FROM asked)
                GROUP BY c.key, p.days
                HAVING sum(p.dues_count) > 0) AS d) AS w
    GROUP BY w.key
), published AS MATERIALIZED (
    SELECT s.key, sum(s.paid_fen)::bigint AS paid_fen,
           coalesce(sum(s.paid_fen) FILTER (WHERE p.ends_at <= b.approved_at AND p.withdrawn_at IS NULL), 0)::bigint AS published_fen
    FROM (SELECT c.key, c.county, i.batch_id, sum(i.amount_fen) AS paid_fen
          FROM county AS c
          JOIN payout_items AS i
            ON i.county = c.county
           AND i.state = 'paid'
           AND i.payee_kind = 'household'
           AND i.result_on BETWEEN c.from_on AND c.to_on
          WHERE (c.level = 6
                 OR EXISTS (SELECT 1
                            FROM households AS h
                            WHERE h.county = i.county
                              AND h.id = i.payee_id
                              AND starts_with(h.area_code, c.area)))
            AND (SELECT indicators && '{K47}' FROM asked)
          GROUP BY c.key, c.county, i.batch_id) AS s
    JOIN payout_batches AS b
      ON b.county = s.county
     AND b.id = s.batch_id
    LEFT JOIN publicities AS p
           ON p.county = b.county
          AND p.id = b.publicity_id
    GROUP BY s.key
), income AS MATERIALIZED (
    -- Of the year the period lies in; evidence decides level by level in impact_income, and what it may not print is null here.
    SELECT c.key,
           sum(y.paid_fen - y.net_fen)::bigint AS costs_fen, sum(y.net_fen)::bigint AS net_fen,
           sum(y.members_count) FILTER (WHERE y.net_fen IS NOT NULL) AS net_persons,
           sum(y.gain_fen)::bigint AS gain_fen, count(y.gain_fen) AS gain_households,
           sum(y.members_count) FILTER (WHERE y.gain_fen IS NOT NULL) AS gain_persons,
           max(y.poverty_line_fen) AS line_fen, min(y.poverty_line_fen) AS least_line_fen
    FROM county AS c
    JOIN income_years AS y
      ON y.county = c.county
     AND y.year = extract(year FROM c.to_on)
     AND starts_with(y.area_code, c.area)
    WHERE extract(year FROM c.from_on) = extract(year FROM c.to_on)
      AND (SELECT indicators && '{K19,K20,I7,I8,I9,I10,I14}' FROM asked)
    GROUP BY c.key
), linked AS MATERIALIZED (
    SELECT c.key, count(DISTINCT a.counterparty_id) AS organisations, count(DISTINCT a.household_id) AS households
    FROM county AS c
    JOIN link_agreements AS a
      ON a.county = c.county
     AND a.state IN ('in_force', 'ended')
     AND a.valid_from <= c.to_on
     AND (a.valid_to IS NULL OR a.valid_to > c.to_on)
    JOIN households AS h
      ON h.county = a.county
     AND h.id = a.household_id
    WHERE starts_with(h.area_code, c.area)
      AND (SELECT indicators && '{K27}' FROM asked)
    GROUP BY c.key
), seller AS MATERIALIZED (
    SELECT s.key, s.county, s.household_id, s.sale_fen, row_number() OVER (PARTITION BY s.key ORDER BY s.sale_fen DESC) AS place
    FROM (SELECT c.key, c.county, m.household_id, sum(m.sale_fen) AS sale_fen
          FROM county AS c
          JOIN household_months AS m
            ON m.county = c.county
           AND m.month BETWEEN c.from_on AND c.to_on
           AND starts_with(m.area_code, c.area)
          WHERE (SELECT indicators && '{I22}' FROM asked)
          GROUP BY c.key, c.county, m.household_id) AS s
), top AS MATERIALIZED (
    SELECT s.key, sum(s.sale_fen) FILTER (WHERE s.place <= 5)::bigint AS five_fen, sum(s.sale_fen)::bigint AS all_fen
    FROM seller AS s
    GROUP BY s.key
), relapsed AS MATERIALIZED (
    SELECT r.key, count(*) AS households
    FROM (SELECT c.key, s.county, s.household_id
          FROM county AS c
          JOIN household_statuses AS s
            ON s.county = c.county
           AND s.status = 'returned'
           AND s.valid @> c.to_on
           AND upper_inf(s.known)
          WHERE (SELECT indicators && '{I19}' FROM asked)
          INTERSECT
          SELECT c.key, y.county, y.household_id
          FROM county AS c
          JOIN household_years AS y
            ON y.county = c.county
           AND y.dimension = 'household'
           AND y.year <= extract(year FROM c.to_on)
           AND starts_with(y.area_code, c.area)
          WHERE (SELECT indicators && '{I19}' FROM asked)) AS r
    GROUP BY r.key
), finding AS MATERIALIZED (
    SELECT c.key,
           count(*) FILTER (WHERE f.opened_at >= c.from_on::timestamp AT TIME ZONE 'Asia/Shanghai') AS opened,
           count(*) FILTER (WHERE f.opened_at >= c.from_on::timestamp AT TIME ZONE 'Asia/Shanghai' AND f.closed_at < c.ends_at) AS closed,
           count(*) FILTER (WHERE f.due_on <= c.to_on AND (f.closed_at IS NULL OR f.closed_at >= c.ends_at)) AS overdue,
           count(DISTINCT f.subject_id) FILTER (WHERE f.class IN ('missing_key_field', 'abnormal_value', 'contradiction', 'repeated_id_number')
                                                      AND (f.closed_at IS NULL OR f.closed_at >= c.ends_at)) AS faulty,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY (f.closed_at::date - f.opened_at::date))
               FILTER (WHERE f.class IN ('missing_key_field', 'abnormal_value', 'contradiction', 'repeated_id_number')
                             AND f.closed_at >= c.from_on::timestamp AT TIME ZONE 'Asia/Shanghai' AND f.closed_at < c.ends_at) AS days
    FROM county AS c
    JOIN findings AS f
      ON f.county = c.county
     AND f.opened_at < c.ends_at
     AND starts_with(f.area_code, c.area)
    WHERE (SELECT indicators && '{K43,K49}' FROM asked)
    GROUP BY c.key
), complaint AS MATERIALIZED (
    SELECT c.key, count(*) AS received, count(*) FILTER (WHERE x.scope = 'in_scope') AS in_scope,
           count(*) FILTER (WHERE x.scope = 'in_scope' AND x.solved) AS solved,
           count(*) FILTER (WHERE x.scope = 'in_scope' AND x.judgement IN ('substantiated', 'partly')) AS substantiated,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY (x.answered_at::date - x.received_at::date)) FILTER (WHERE x.answered_at IS NOT NULL) AS days
    FROM county AS c
    JOIN complaints AS x
      ON x.county = c.county
     AND x.received_at >= c.from_on::timestamp AT TIME ZONE 'Asia/Shanghai'
     AND x.received_at < c.ends_at
     AND starts_with(x.area_code, c.area)
    WHERE (SELECT indicators && '{K48}' FROM asked)
    GROUP BY c.key
), statement AS MATERIALIZED (
    SELECT c.key, count(*) AS due, count(*) FILTER (WHERE s.first_submitted_at <= s.due_at) AS in_time
    FROM county AS c
    JOIN reporting_statements AS s
      ON s.county = c.county
     AND s.month BETWEEN c.from_on AND c.to_on
     AND s.due_at <= :now::timestamptz
    WHERE length(c.area) <= 6
      AND (SELECT indicators && '{K50}' FROM asked)
    GROUP BY c.key
), loss AS MATERIALIZED (
    SELECT c.key, sum(l.lost_qty)::bigint AS lost, sum(l.taken_in_qty)::bigint AS taken_in
    FROM county AS c
    JOIN lots AS l
      ON l.county = c.county
     AND l.taken_in_at >= c.from_on::timestamp AT TIME ZONE 'Asia/Shanghai'
     AND l.taken_in_at < c.ends_at
    JOIN shops AS s
      ON s.county = l.county
     AND s.id = l.shop_id
    JOIN products AS p
      ON p.county = l.county
     AND p.id = l.product_id
     AND p.base_unit = 'g'
    WHERE starts_with(s.area_code, c.area)
      AND (SELECT indicators && '{I23}' FROM asked)
    GROUP BY c.key
), pledge AS MATERIALIZED (
    -- To this area and running in the period; what came of a pledge is what was paid and delivered under it, less refunds.
    SELECT c.key, sum(p.amount_fen)::bigint AS pledged_fen, coalesce(sum(kept.fen), 0)::bigint AS kept_fen
    FROM cell AS c
    JOIN pledges AS p
      ON starts_with(p.area_code, c.area)
     AND p.withdrawn_at IS NULL
     AND p.valid_from <= c.to_on
     AND p.valid_to > c.from_on
    CROSS JOIN LATERAL (SELECT sum(o.delivered_fen - o.refunded_fen) FILTER (WHERE o.paid_fen > 0) AS fen
                        FROM demand_orders AS o
                        WHERE o.unit_county = p.county
                          AND o.pledge_id = p.id) AS kept
    WHERE (SELECT indicators && '{K29}' FROM asked)
    GROUP BY c.key
), campaign AS MATERIALIZED (
    SELECT d.key, round(sum(d.sales_fen - d.before_fen / 4.0))::bigint AS increment_fen, sum(d.accredited_fen)::bigint AS accredited_fen,
           sum(d.sales_fen)::bigint AS sales_fen
    FROM (SELECT DISTINCT ON (c.key, g.county, g.day) c.key, g.sales_fen, g.accredited_fen, g.before_fen
          FROM county AS c
          JOIN demand_campaign_days AS g
            ON g.county = c.county
           AND g.ends_on <= :today::date
           AND g.ends_on > c.from_on
           AND g.starts_on <= c.to_on
           AND g.day BETWEEN c.from_on AND c.to_on
          WHERE length(c.area) <= 6
            AND (:indicator::text IS NULL OR :indicator::text IN ('I20', 'I21'))
          ORDER BY c.key, g.county, g.day, g.starts_on, g.id) AS d
    GROUP BY d.key
), outside AS MATERIALIZED (
    -- What was recorded last for this area and these months.
    SELECT DISTINCT ON (c.key, o.indicator, o.part) c.key, o.indicator, o.part, o.value, o.source, o.recorded_at
    FROM cell AS c
    JOIN outside_figures AS o
      ON o.area_code = c.area
     AND date_trunc('month', o.from_on) = c.from_on
     AND date_trunc('month', o.to_on) = date_trunc('month', c.to_on)
    ORDER BY c.key, o.indicator, o.part, o.recorded_at DESC, o.id DESC
), base AS MATERIALIZED (
    -- A base year stands for itself, a stock for its last month, all else for the same months.
    SELECT DISTINCT ON (c.key, o.indicator) c.key, o.indicator, o.value
    FROM cell AS c
    JOIN outside_figures AS o
      ON o.area_code = c.area
     AND o.part = 'base'
     AND (o.indicator = 'K06'
          OR date_trunc('month', o.to_on) = date_trunc('month', c.to_on)
             AND (o.indicator = 'K36' OR date_trunc('month', o.from_on) = c.from_on))
    ORDER BY c.key, o.indicator, o.recorded_at DESC, o.id DESC
), measured AS MATERIALIZED (
    SELECT c.key, v.indicator, v.part, v.value, v.numerator, v.denominator
    FROM cell AS c
    LEFT JOIN sold ON sold.key = c.key
    LEFT JOIN shop ON shop.key = c.key
    LEFT JOIN active ON active.key = c.key
    LEFT JOIN (SELECT key, sum(count)::bigint AS count FROM station GROUP BY key) AS stations_open ON stations_open.key = c.key
    LEFT JOIN village ON village.key = c.key
    LEFT JOIN worker ON worker.key = c.key
    LEFT JOIN stock ON stock.key = c.key
    LEFT JOIN person ON person.key = c.key
    LEFT JOIN flow ON flow.key = c.key
    LEFT JOIN opening ON opening.key = c.key
    LEFT JOIN look_back ON look_back.key = c.key
    LEFT JOIN paid ON paid.key = c.key
    LEFT JOIN paid_registered ON paid_registered.key = c.key
    LEFT JOIN depth ON depth.key = c.key
    LEFT JOIN benefiting ON benefiting.key = c.key
    LEFT JOIN steady ON steady.key = c.key
    LEFT JOIN lag ON lag.key = c.key
    LEFT JOIN published ON published.key = c.key
    LEFT JOIN income ON income.key = c.key
    LEFT JOIN linked ON linked.key = c.key
    LEFT JOIN top ON top.key = c.key
    LEFT JOIN relapsed ON relapsed.key = c.key
    LEFT JOIN finding ON finding.key = c.key
    LEFT JOIN complaint ON complaint.key = c.key
    LEFT JOIN statement ON statement.key = c.key
    LEFT JOIN loss ON loss.key = c.key
    LEFT JOIN pledge ON pledge.key = c.key
    LEFT JOIN campaign ON campaign.key = c.key
    LEFT JOIN base AS index_base ON index_base.key = c.key AND index_base.indicator = 'K06'
    LEFT JOIN base AS province ON province.key = c.key AND province.indicator = 'K07'
    LEFT JOIN base AS gain_of_all ON gain_of_all.key = c.key AND gain_of_all.indicator = 'K20'
    LEFT JOIN base AS rural ON rural.key = c.key AND rural.indicator = 'K36'
    CROSS JOIN LATERAL (VALUES
        ('K01', '', coalesce(stations_open.count, 0), NULL::bigint, NULL::bigint),
        ('K02', '', NULL, village.with_station, village.count),
        ('K03', 'open', coalesce(shop.open_count, 0), NULL, NULL),
        ('K03', 'active', coalesce(active.count, 0), NULL, NULL),
        ('K04', '', coalesce(worker.count, 0), NULL, NULL),
        ('K05', '', coalesce(sold.sale_fen, 0), NULL, NULL),
        ('K06', '', NULL, coalesce(sold.sale_fen, 0), index_base.value),
        ('K07', '', NULL, coalesce(sold.sale_fen, 0), province.value),
        ('K12', '', coalesce(depth.at_work, 0), NULL, NULL),
        ('K13', '', coalesce(sold.counted_fen, 0), NULL, NULL),
        ('K14', '', NULL, sold.counted_fen, sold.sale_fen),
        ('K15', '', coalesce(paid.goods_households, 0), NULL, NULL),
        ('K15', 'share', NULL, coalesce(paid_registered.households, 0), stock.households),
        ('K16', '', coalesce(benefiting.persons, 0), NULL, NULL),
        ('K17', '', coalesce(paid.all_fen, 0), NULL, NULL),
        ('K17', 'goods', coalesce(paid.goods_fen, 0), NULL, NULL),
        ('K17', 'wage', coalesce(paid.wage_fen, 0), NULL, NULL),
        ('K17', 'rent', coalesce(paid.rent_fen, 0), NULL, NULL),
        ('K17', 'dividend', coalesce(paid.dividend_fen, 0), NULL, NULL),
        ('K17', 'post', coalesce(paid.post_fen, 0), NULL, NULL),
        ('K18', '', NULL, coalesce(paid.goods_fen, 0), sold.attributed_fen),
        ('K19', 'household', round(income.gain_fen::numeric / nullif(income.gain_households, 0))::bigint, NULL, NULL),
        ('K19', '', round(income.gain_fen::numeric / nullif(income.gain_persons, 0))::bigint, NULL, NULL),
        ('K20', '', round(income.gain_fen::numeric / nullif(income.gain_persons, 0))::bigint - gain_of_all.value, NULL, NULL),
        ('K23', 'goods', NULL, paid.goods_fen, paid.all_fen),
        ('K23', 'wage', NULL, paid.wage_fen, paid.all_fen),
        ('K23', 'asset', NULL, paid.rent_fen + paid.dividend_fen, paid.all_fen),
        ('K23', 'other', NULL, paid.all_fen - paid.goods_fen - paid.wage_fen - paid.rent_fen - paid.dividend_fen, paid.all_fen),
        ('K24', '', round(paid.dividend_fen::numeric / nullif(paid.dividend_households, 0))::bigint, NULL, NULL),
        ('K26', '', coalesce(paid.post_fen, 0), NULL, NULL),
        ('K26', 'households', coalesce(paid.post_households, 0), NULL, NULL),
        ('K27', '', coalesce(linked.organisations, 0), NULL, NULL),
        ('K27', 'households', coalesce(linked.households, 0), NULL, NULL),
        ('K29', '', NULL, pledge.kept_fen, pledge.pledged_fen),
        ('K33', 'households', coalesce(stock.households, 0), NULL, NULL),
        ('K33', 'persons', coalesce(person.count, 0), NULL, NULL),
        ('K33', 'villages', village.count, NULL, NULL),
        ('K34', '', coalesce(opening.households, 0) + coalesce(flow.entries + flow.returns - flow.exits - flow.corrected, 0)
                    - coalesce(stock.households, 0), NULL, NULL),
        ('K35', 'exits', coalesce(flow.exits, 0), NULL, NULL),
        ('K35', '', coalesce(flow.exits - flow.returns - flow.entries, 0), NULL, NULL),
        ('K36', '', NULL, person.count, rural.value),
        ('K37', '', NULL, flow.returns_3, flow.exits_3),
        ('K40', 'added', CASE WHEN length(c.area) <= 6 THEN coalesce(look_back.added, 0) END, NULL, NULL),
        ('K40', 'removed', CASE WHEN length(c.area) <= 6 THEN coalesce(look_back.removed, 0) END, NULL, NULL),
        ('K41', '', NULL, stock.helped, stock.households),
        ('K41', 'load', round(stock.helped::numeric / nullif(stock.helpers, 0))::bigint, NULL, NULL),
        ('K42', '', NULL, village.with_team, village.count),
        ('K43', '', NULL, coalesce(finding.faulty, 0), stock.households),
        ('K43', 'days', finding.days::bigint, NULL, NULL),
        ('K47', '', NULL, published.published_fen, published.paid_fen),
        ('K48', '', coalesce(complaint.received, 0), NULL, NULL),
        ('K48', 'scope', coalesce(complaint.in_scope, 0), NULL, NULL),
        ('K48', 'solved', NULL, complaint.solved, complaint.in_scope),
        ('K48', 'true', NULL, complaint.substantiated, complaint.in_scope),
        ('K48', 'days', complaint.days::bigint, NULL, NULL),
        ('K49', '', NULL, finding.closed, finding.opened),
        ('K49', 'overdue', coalesce(finding.overdue, 0), NULL, NULL),
        ('K50', '', NULL, statement.in_time, statement.due),
        ('I1', '', coalesce(sold.net_fen, 0), NULL, NULL),
        ('I2', '', coalesce(sold.attributed_fen, 0), NULL, NULL),
        ('I3', '', NULL, sold.due_fen, sold.net_fen),
        ('I4', '', coalesce(sold.due_fen, 0), NULL, NULL),
        ('I5', '', coalesce(paid.goods_fen, 0), NULL, NULL),
        ('I6', '', lag.half_days::bigint, NULL, NULL),
        ('I6', 'p90', lag.most_days::bigint, NULL, NULL),
        ('I7', '', income.costs_fen, NULL, NULL),
        ('I8', '', income.net_fen, NULL, NULL),
        ('I9', '', round(income.net_fen::numeric / nullif(income.net_persons, 0))::bigint, NULL, NULL),
        ('I10', '', income.gain_fen, NULL, NULL),
        -- Several lines are never mixed: none is printed where they differ.
        ('I14', '', NULL, round(income.net_fen::numeric / nullif(income.net_persons, 0))::bigint,
                    CASE WHEN income.line_fen = income.least_line_fen THEN income.line_fen END),
        ('I16', '', coalesce(paid.households, 0), NULL, NULL),
        ('I17', '', depth.quartiles_fen[2]::bigint, NULL, NULL),
        ('I17', 'low', depth.quartiles_fen[1]::bigint, NULL, NULL),
        ('I17', 'high', depth.quartiles_fen[3]::bigint, NULL, NULL),
        ('I18', '', coalesce(steady.households, 0), NULL, NULL),
        ('I19', '', coalesce(relapsed.households, 0), NULL, NULL),
        ('I20', '', campaign.increment_fen, NULL, NULL),
        ('I21', '', NULL, campaign.accredited_fen, campaign.sales_fen),
        ('I22', '', NULL, top.five_fen, top.all_fen),
        ('I23', '', NULL, loss.lost, loss.taken_in)) AS v (indicator, part, value, numerator, denominator)
), figure AS (
    SELECT c.key, c.label AS key_label, c.area, c.from_on, c.to_on, w.position, w.indicator, w.part, w.family, w.kind, w.unit, w.level,
           w.formula, w.name_zh, w.name_en, w.meaning_zh, w.meaning_en, o.source,
           CASE
               WHEN w.kind = 'measured' THEN coalesce(m.value, round(m.numerator::numeric * 1000000 / nullif(m.denominator, 0))::bigint)
               ELSE o.value
           END AS value,
           m.numerator, m.denominator
    FROM cell AS c
    CROSS JOIN wanted AS w
    LEFT JOIN measured AS m
           ON m.key = c.key
          AND m.indicator = w.indicator
          AND m.part = w.part
    LEFT JOIN outside AS o
           ON o.key = c.key
          AND o.indicator = w.indicator
          AND o.part = w.part
          AND w.kind IN ('outside', 'input')
)
SELECT f.indicator,
       f.part,
       CASE WHEN :language = 'en' THEN f.name_en ELSE f.name_zh END AS label,
       f.family,
       f.kind,
       f.key,
       f.key_label,
       f.unit,
       CASE WHEN f.unit = 'fen' THEN f.value END AS amount_fen,
       CASE WHEN f.unit = 'count' THEN f.value END AS value_count,
       CASE WHEN f.unit = 'ppm' THEN f.value END AS share_ppm,
       CASE WHEN f.unit = 'days' THEN f.value END AS value_days,
       f.numerator,
       f.denominator,
       f.level,
       CASE
           WHEN f.value IS NOT NULL THEN NULL
           WHEN f.kind = 'outside' OR f.kind = 'input' THEN CASE WHEN :language = 'en' THEN 'to be recorded from outside' ELSE '待录入外部数据' END
           WHEN f.kind = 'later' THEN CASE WHEN :language = 'en' THEN 'not kept by this installation yet' ELSE '本系统尚未登记这类数据' END
           WHEN EXISTS (SELECT 1 FROM wanted AS w WHERE w.indicator = f.indicator AND w.kind = 'input')
               THEN CASE WHEN :language = 'en' THEN 'what it is compared with is to be recorded from outside' ELSE '缺比较基数，待录入外部数据' END
           WHEN f.indicator IN ('I20', 'I21') THEN CASE WHEN :language = 'en' THEN 'no campaign ended in this period; counted for counties and above'
                                                        ELSE '期内没有结束的活动；只按县及以上统计' END
           WHEN f.level IN ('D', 'E') THEN CASE WHEN :language = 'en' THEN 'no cost evidence or baseline, or the period is not within a year'
                                                ELSE '缺成本凭证或基期，或期间跨年' END
           ELSE CASE WHEN :language = 'en' THEN 'nothing to divide by in this period' ELSE '期内没有可比的基数' END
       END AS missing_words,
       CASE WHEN :language = 'en' THEN f.meaning_en ELSE f.meaning_zh END AS meaning,
       f.source,
       f.area,
       f.from_on,
       f.to_on,
       f.formula,
       :now::timestamptz AS as_of,
       lpad(f.position::text, 4, '0') || '|' || f.key AS cursor
FROM figure AS f
WHERE :cursor::text IS NULL
   OR lpad(f.position::text, 4, '0') || '|' || f.key > :cursor
ORDER BY lpad(f.position::text, 4, '0') || '|' || f.key
LIMIT :limit::int
