-- A county's public figures by month, and its complete quarters by township or by kind of goods. A part of one to four households is hidden;
-- so is, beside such a part, the smallest of five and more, or the hidden one could be reckoned from the whole.
WITH month AS MATERIALIZED (
    SELECT m.*, date_trunc('quarter', m.month)::date AS quarter
    FROM impact_public_months AS m
    WHERE m.county = :county::text
      AND extract(year FROM m.month) = :year::int
      AND m.told_on <= :today::date
), told AS MATERIALIZED (
    SELECT m.county, m.month, m.quarter
    FROM month AS m
    WHERE m.is_told
      AND (m.quarter + interval '3 months 9 days')::date <= :today::date
), money AS (
    SELECT t.quarter, coalesce(p.category_code, a.area_code) AS key, sum(a.sale_fen + a.refund_fen)::bigint AS sales_fen,
           sum(a.counted_fen + a.counted_refund_fen)::bigint AS counted_fen, sum(a.due_fen)::bigint AS due_fen
    FROM told AS t
    JOIN area_months AS a
      ON a.county = t.county
     AND a.month = t.month
    LEFT JOIN products AS p
           ON p.county = a.county
          AND p.id::text = a.key
    WHERE :by::text = 'area' AND a.level = 9 AND a.dimension = 'total'
       OR :by::text = 'category' AND a.level = 6 AND a.dimension = 'product'
    GROUP BY t.quarter, coalesce(p.category_code, a.area_code)
), people AS (
    SELECT t.quarter, CASE WHEN :by::text = 'area' THEN left(h.area_code, 9) ELSE p.category_code END AS key,
           count(DISTINCT h.household_id) AS households_count
    FROM told AS t
    JOIN household_months AS h
      ON h.county = t.county
     AND h.month = t.month
    JOIN products AS p
      ON p.county = h.county
     AND p.id = h.product_id
    WHERE :by::text IN ('area', 'category')
    GROUP BY 1, 2
), part AS (
    SELECT to_char(m.quarter, 'YYYY-"Q"Q') AS period, m.key, m.sales_fen, m.counted_fen, m.due_fen, NULL::bigint AS paid_fen,
           coalesce(n.households_count, 0) AS households_count
    FROM money AS m
    LEFT JOIN people AS n
           ON n.quarter = m.quarter
          AND n.key = m.key
), seen AS (
    SELECT p.*,
           CASE
               WHEN p.households_count BETWEEN 1 AND 4 THEN 'few'
               WHEN p.households_count >= 5
                    AND bool_or(p.households_count BETWEEN 1 AND 4) OVER (PARTITION BY p.period)
                    AND row_number() OVER (PARTITION BY p.period
                                           ORDER BY p.households_count < 5, p.households_count, p.key) = 1 THEN 'covering'
               ELSE 'told'
           END AS state
    FROM part AS p
    UNION ALL
    SELECT to_char(m.month, 'YYYY-MM'), m.county, m.sales_fen, m.counted_fen, m.due_fen, CASE WHEN m.is_paid_told THEN m.paid_fen END,
           m.households_count, CASE WHEN m.is_told THEN 'told' ELSE 'few' END
    FROM month AS m
    WHERE :by::text = 'month'
)
SELECT s.period,
       s.key,
       coalesce(CASE WHEN :language = 'en' THEN c.name_en ELSE c.name_zh END, a.name) AS label,
       s.state,
       CASE s.state WHEN 'told' THEN s.households_count::text WHEN 'few' THEN '<5' END AS households,
       CASE WHEN s.state = 'told' THEN s.sales_fen END AS sales_fen,
       CASE WHEN s.state = 'told' THEN s.counted_fen END AS counted_fen,
       CASE WHEN s.state = 'told' THEN s.due_fen END AS due_fen,
       CASE WHEN s.state = 'told' THEN s.paid_fen END AS paid_fen,
       s.period || '|' || s.key AS cursor
FROM seen AS s
LEFT JOIN areas AS a
       ON a.code = s.key
LEFT JOIN categories AS c
       ON c.code = s.key
      AND :by::text = 'category'
WHERE :cursor::text IS NULL
   OR s.period || '|' || s.key > :cursor::text
ORDER BY s.period || '|' || s.key
LIMIT :limit::bigint
