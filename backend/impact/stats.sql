-- The county's figures of this year for everyone, each a sum of frozen rows; counts of one to four households are not told.
WITH counties AS (
    SELECT DISTINCT s.county
    FROM shops AS s
    WHERE s.state = 'open'
      AND (:county::text IS NULL OR s.county = :county::text)
), year AS (
    SELECT make_date(extract(year FROM :today::date)::int, 1, 1) AS first_day
)
SELECT counties.county,
       c.name AS county_name,
       year.first_day AS since,
       (SELECT count(*) FROM shops AS s WHERE s.county = counties.county AND s.state = 'open') AS shops_count,
       sold.sales_fen,
       sold.counted_fen,
       sold.due_fen,
       sold.paid_fen,
       CASE
           WHEN helped.households_count >= 5 OR helped.households_count = 0 THEN helped.households_count::text
           ELSE '<5'
       END AS households,
       counties.county AS cursor
FROM counties
CROSS JOIN year
JOIN areas AS c
  ON c.code = counties.county
CROSS JOIN LATERAL (
    SELECT coalesce(sum(m.sale_fen + m.refund_fen), 0)::bigint AS sales_fen,
           coalesce(sum(m.counted_fen + m.counted_refund_fen), 0)::bigint AS counted_fen,
           coalesce(sum(m.due_fen), 0)::bigint AS due_fen,
           coalesce(sum(m.paid_fen), 0)::bigint AS paid_fen
    FROM area_months AS m
    WHERE m.county = counties.county
      AND m.level = 6
      AND m.dimension = 'total'
      AND m.area_code = counties.county
      AND m.month >= year.first_day) AS sold
CROSS JOIN LATERAL (
    SELECT count(DISTINCT h.household_id) AS households_count
    FROM household_years AS h
    WHERE h.county = counties.county
      AND h.year = extract(year FROM year.first_day)::smallint
      AND h.dimension = 'household') AS helped
WHERE :cursor::text IS NULL OR counties.county > :cursor::text
ORDER BY counties.county
LIMIT :limit::bigint
