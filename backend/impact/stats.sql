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
       paid.paid_fen,
       CASE
           WHEN sold.households_count >= 5 OR sold.households_count = 0 THEN sold.households_count::text
           ELSE '<5'
       END AS households,
       counties.county AS cursor
FROM counties
CROSS JOIN year
JOIN areas AS c
  ON c.code = counties.county
CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.gross_fen), 0)::bigint AS sales_fen,
           coalesce(sum(a.gross_fen) FILTER (WHERE a.counted), 0)::bigint AS counted_fen,
           coalesce(sum(a.due_fen) FILTER (WHERE a.household_id IS NOT NULL), 0)::bigint AS due_fen,
           count(DISTINCT a.household_id) FILTER (WHERE a.counted) AS households_count
    FROM attributions AS a
    WHERE a.county = counties.county
      AND a.business_day >= year.first_day) AS sold
CROSS JOIN LATERAL (
    SELECT coalesce(sum(i.amount_fen), 0)::bigint AS paid_fen
    FROM payout_items AS i
    WHERE i.county = counties.county
      AND i.payee_kind = 'household'
      AND i.state = 'paid'
      AND i.result_on >= year.first_day) AS paid
WHERE :cursor::text IS NULL OR counties.county > :cursor::text
ORDER BY counties.county
LIMIT :limit::bigint
