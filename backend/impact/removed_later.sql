-- Sales of a period that stand under the status of their day while their household was taken out of the register since: a row a status.
-- Nothing is taken back from the figures of their day; this says openly how much of them it concerns.
WITH county AS MATERIALIZED (
    SELECT c.code
    FROM areas AS c
    WHERE c.kind = 'county'
      AND starts_with(c.code, left(:area::text, 6))
      AND area_within(:area::text, :actor_areas::text[])
), removed AS MATERIALIZED (
    SELECT r.county, r.household_id
    FROM county
    JOIN household_statuses AS r
      ON r.county = county.code
     AND r.status = 'removed'
     AND r.valid @> :today::date
     AND upper_inf(r.known)
)
SELECT s.status,
       count(DISTINCT s.household_id) AS households_count,
       sum(s.gross_fen)::bigint AS gross_fen,
       sum(CASE WHEN s.counted THEN s.gross_fen ELSE 0 END)::bigint AS counted_fen,
       sum(s.due_fen)::bigint AS due_fen,
       NULL::text AS cursor
FROM removed
JOIN impact_sales AS s
  ON s.county = removed.county
 AND s.household_id = removed.household_id
WHERE s.business_day BETWEEN :from::date AND :to::date
  AND starts_with(s.area_code, :area::text)
  AND s.status <> 'removed'
GROUP BY s.status
ORDER BY s.status
