-- The counties' figures of a year for everyone: whole months from the tenth of the next on, and none in which one to four households had a
-- part, so that no two tables, nor the same table of two days, differ by what a few households sold.
WITH counties AS (
    SELECT DISTINCT s.county
    FROM shops AS s
    WHERE s.state = 'open'
      AND (:county::text IS NULL OR s.county = :county::text)
), year AS (
    SELECT date_trunc('year', date_trunc('month', :today::date - 9) - interval '1 month')::date AS first_day,
           (date_trunc('month', :today::date - 9) - interval '1 day')::date AS last_day
)
SELECT counties.county,
       c.name AS county_name,
       year.first_day AS since,
       year.last_day AS until,
       (SELECT count(*) FROM shops AS s WHERE s.county = counties.county AND s.state = 'open') AS shops_count,
       sold.sales_fen,
       sold.counted_fen,
       sold.due_fen,
       sold.paid_fen,
       sold.hidden_months_count,
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
    SELECT coalesce(sum(m.sales_fen) FILTER (WHERE m.is_told), 0)::bigint AS sales_fen,
           coalesce(sum(m.counted_fen) FILTER (WHERE m.is_told), 0)::bigint AS counted_fen,
           coalesce(sum(m.due_fen) FILTER (WHERE m.is_told), 0)::bigint AS due_fen,
           coalesce(sum(m.paid_fen) FILTER (WHERE m.is_paid_told), 0)::bigint AS paid_fen,
           count(*) FILTER (WHERE NOT m.is_told) AS hidden_months_count
    FROM impact_public_months AS m
    WHERE m.county = counties.county
      AND m.month BETWEEN year.first_day AND year.last_day) AS sold
CROSS JOIN LATERAL (
    SELECT count(DISTINCT h.household_id) AS households_count
    FROM impact_public_months AS m
    JOIN household_months AS h
      ON h.county = m.county
     AND h.month = m.month
    WHERE m.county = counties.county
      AND m.month BETWEEN year.first_day AND year.last_day
      AND m.is_told) AS helped
WHERE :cursor::text IS NULL OR counties.county > :cursor::text
ORDER BY counties.county
LIMIT :limit::bigint
