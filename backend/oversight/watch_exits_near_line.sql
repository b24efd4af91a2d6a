-- Villages where most of a year's exits stand within a twentieth above the line: incomes written to fit it. Needs whole surveys of the year.
WITH exited AS MATERIALIZED (
    SELECT e.county, e.household_id, h.area_code, e.exit_on, lines.amount_fen AS line_fen,
           (SELECT sum(b.amount_fen)
            FROM income_baselines AS b
            WHERE b.county = e.county
              AND b.household_id = e.household_id
              AND b.full_survey
              AND b.year = extract(year FROM e.exit_on)) AS income_fen,
           (SELECT count(*)
            FROM members AS m
            WHERE m.county = e.county
              AND m.household_id = e.household_id
              AND m.resident
              AND m.valid_from <= e.exit_on
              AND (m.valid_to IS NULL OR m.valid_to > e.exit_on)) AS members_count
    FROM (SELECT county, household_id, lower(valid) AS exit_on
          FROM household_statuses
          WHERE status = 'exited_supported'
            AND upper_inf(known)
            AND lower(valid) > (:now::timestamptz AT TIME ZONE 'Asia/Shanghai')::date - 730) AS e
    JOIN households AS h
      ON h.county = e.county
     AND h.id = e.household_id
    CROSS JOIN LATERAL (SELECT p.amount_fen
                        FROM poverty_lines AS p
                        WHERE starts_with(h.area_code, p.area_code)
                          AND p.year = extract(year FROM e.exit_on)
                        ORDER BY length(p.area_code) DESC, p.recorded_at DESC
                        LIMIT 1) AS lines
), village AS (
    SELECT x.county, x.area_code, extract(year FROM x.exit_on)::int AS year, count(*) AS exits_count, max(x.line_fen) AS line_fen,
           count(*) FILTER (WHERE x.income_fen BETWEEN x.line_fen * x.members_count AND x.line_fen * x.members_count * 21 / 20) AS near_count
    FROM exited AS x
    WHERE x.income_fen IS NOT NULL
      AND x.members_count > 0
    GROUP BY x.county, x.area_code, extract(year FROM x.exit_on)
)
SELECT v.county, 'areas' AS subject_kind, (lpad(v.area_code, 12, '0') || v.year || '0000000000000000')::uuid AS subject_id, v.area_code,
       jsonb_build_object('year', v.year, 'exits_count', v.exits_count, 'near_count', v.near_count, 'line_fen', v.line_fen) AS detail
FROM village AS v
WHERE v.near_count >= 3
  AND v.near_count * 2 > v.exits_count
