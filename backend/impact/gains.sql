-- How income gains of a year are spread over the households of an area: bands of yuan a head, and apart those whose gain is not known.
WITH household AS MATERIALIZED (
    SELECT y.level, y.members_count, y.paid_fen, y.gain_fen, y.poverty_line_fen, y.reckoned_at,
           CASE WHEN y.gain_fen IS NOT NULL AND y.members_count > 0 THEN y.gain_fen / y.members_count END AS gain_a_head_fen,
           CASE WHEN y.members_count > 0 THEN y.paid_fen / y.members_count END AS paid_a_head_fen
    FROM areas AS c
    JOIN income_years AS y
      ON y.county = c.code
     AND y.year = :year::int
     AND starts_with(y.area_code, :area::text)
    WHERE c.kind = 'county'
      AND starts_with(c.code, left(:area::text, 6))
), band AS (
    SELECT position, from_fen, to_fen
    FROM (VALUES (1, NULL::bigint, 0::bigint), (2, 0, 10000), (3, 10000, 50000), (4, 50000, 100000), (5, 100000, 200000), (6, 200000, 300000),
                 (7, 300000, 500000), (8, 500000, NULL)) AS band (position, from_fen, to_fen)
)
SELECT a.code AS area,
       a.name AS area_name,
       :year::int AS year,
       (SELECT count(*) FROM household) AS households_count,
       (SELECT count(*) FROM household WHERE level = 'C') AS at_level_c,
       (SELECT count(*) FROM household WHERE level = 'D') AS at_level_d,
       (SELECT count(*) FROM household WHERE level = 'E') AS at_level_e,
       (SELECT count(*) FROM household WHERE gain_a_head_fen IS NULL) AS unknown_count,
       (SELECT nullif(max(poverty_line_fen), 0) FROM household) AS poverty_line_fen,
       (SELECT max(reckoned_at) FROM household) AS reckoned_at,
       (SELECT json_agg(json_build_object(
                   'from_fen', band.from_fen, 'to_fen', band.to_fen,
                   'gain_count', (SELECT count(*) FROM household AS h
                                  WHERE h.gain_a_head_fen >= coalesce(band.from_fen, h.gain_a_head_fen)
                                    AND h.gain_a_head_fen < coalesce(band.to_fen, h.gain_a_head_fen + 1)),
                   'paid_count', (SELECT count(*) FROM household AS h
                                  WHERE h.paid_a_head_fen >= coalesce(band.from_fen, h.paid_a_head_fen)
                                    AND h.paid_a_head_fen < coalesce(band.to_fen, h.paid_a_head_fen + 1))) ORDER BY band.position)
        FROM band) AS bands
FROM areas AS a
WHERE a.code = :area::text
  AND area_within(:area::text, :actor_areas::text[])
