-- Keeps the income report of a county and year (plan: its households); who is in it no more leaves.
WITH fresh AS MATERIALIZED (
    SELECT h.household_id, h.area_code, h.level, h.members_count, h.paid_fen, h.channel_net_fen AS net_fen, h.income_gain_fen AS gain_fen
    FROM jsonb_to_recordset(:plan::jsonb -> 'households') AS h (
        household_id text, area_code text, level text, members_count bigint, paid_fen bigint, channel_net_fen bigint, income_gain_fen bigint)
), gone AS (
    DELETE FROM income_years AS y
    WHERE y.county = :county
      AND y.year = :year::int
      AND NOT EXISTS (SELECT 1 FROM fresh WHERE substr(fresh.household_id, 8)::uuid = y.household_id)
)
INSERT INTO income_years (county, year, household_id, area_code, level, members_count, paid_fen, net_fen, gain_fen, poverty_line_fen,
                          price_factor_ppm, reckoned_at)
SELECT :county, :year::int, substr(f.household_id, 8)::uuid, f.area_code, f.level, f.members_count, f.paid_fen, f.net_fen, f.gain_fen,
       coalesce((SELECT max(p.amount_fen)
                 FROM poverty_lines AS p
                 WHERE starts_with(:county, p.area_code)
                   AND p.year = :year::int
                   AND p.concept = 'net'), 0),
       :factor_ppm::bigint, :now::timestamptz
FROM fresh AS f
ON CONFLICT (county, year, household_id) DO UPDATE
SET area_code = excluded.area_code,
    level = excluded.level,
    members_count = excluded.members_count,
    paid_fen = excluded.paid_fen,
    net_fen = excluded.net_fen,
    gain_fen = excluded.gain_fen,
    poverty_line_fen = excluded.poverty_line_fen,
    price_factor_ppm = excluded.price_factor_ppm,
    reckoned_at = excluded.reckoned_at
