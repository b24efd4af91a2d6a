-- Sales of a period by a key, the total first: a row each, saying itself what it is and whether the books agree.
-- Whole months come from the rollups, days before and after them from their rows; :exact reckons every row and the books anew.
WITH asked AS MATERIALIZED (
    SELECT :area::text AS area, :from::date AS from_on, :to::date AS to_on, :from::date + (:to::date - :from::date) / 2 AS middle_on,
           CASE WHEN :exact::boolean OR :by::text = 'day' THEN :to::date + 1
                ELSE (date_trunc('month', :from::date - 1) + interval '1 month')::date END AS whole_from,
           CASE WHEN :to::date >= (:now::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
                THEN (date_trunc('month', :to::date) + interval '1 month')::date
                ELSE date_trunc('month', :to::date + 1)::date END AS whole_to
    WHERE area_within(:area, :actor_areas::text[])
), scope AS MATERIALIZED (
    SELECT area, from_on, to_on, middle_on, date_trunc('month', from_on)::date AS from_month, whole_from, greatest(whole_from, whole_to) AS whole_to,
           greatest(CASE WHEN length(area) <= 6 THEN 6 WHEN length(area) <= 9 THEN 9 ELSE 12 END,
                    CASE :by::text WHEN 'village' THEN 12 WHEN 'township' THEN 9 ELSE 6 END) AS level,
           CASE :by::text WHEN 'shop' THEN 'shop' WHEN 'product' THEN 'product' WHEN 'category' THEN 'product' WHEN 'status' THEN 'status'
               ELSE 'total' END AS dimension,
           CASE WHEN :by::text IN ('shop', 'product', 'category', 'status') THEN 'goods' ELSE 'household' END AS of_households
    FROM asked
), county AS MATERIALIZED (
    SELECT c.code
    FROM scope
    JOIN areas AS c
      ON c.kind = 'county'
     AND starts_with(c.code, left(scope.area, 6))
), edge AS MATERIALIZED (
    SELECT county.code, scope.area, scope.from_on, edge.first_on, edge.last_on
    FROM county
    CROSS JOIN scope
    CROSS JOIN LATERAL (VALUES (scope.from_on, least(scope.whole_from - 1, scope.to_on)), (scope.whole_to, scope.to_on)) AS edge (first_on, last_on)
    WHERE edge.first_on <= edge.last_on
), part AS (
    SELECT m.county, m.month AS day, m.area_code, m.key AS shop, m.key AS product, m.key AS status, m.sale_fen, m.counted_fen, m.refund_fen,
           m.counted_refund_fen, 0 AS earlier_fen, m.due_fen, m.paid_fen
    FROM county
    CROSS JOIN scope
    JOIN area_months AS m
      ON m.county = county.code
     AND m.level = scope.level
     AND m.dimension = scope.dimension
     AND m.area_code >= scope.area
     AND m.area_code < scope.area || ':'
     AND m.month >= scope.whole_from
     AND m.month < scope.whole_to
    UNION ALL
    SELECT m.county, m.month, m.area_code, m.shop_id::text, m.product_id::text, m.status, 0, 0, 0, 0, m.refund_fen, 0, 0
    FROM county
    CROSS JOIN scope
    JOIN sales_months AS m
      ON m.county = county.code
     AND m.month >= scope.whole_from
     AND m.month < scope.whole_to
     AND m.sold_month < m.month
     AND m.sold_month < scope.from_month
     AND starts_with(m.area_code, scope.area)
    UNION ALL
    -- A month cannot tell what was sold before a period that begins inside it.
    SELECT s.county, s.business_day, s.area_code, s.shop_id::text, s.product_id::text, s.status, 0, 0, 0, 0, s.gross_fen, 0, 0
    FROM county
    CROSS JOIN scope
    JOIN impact_sales AS s
      ON s.county = county.code
     AND s.kind = 'refund'
     AND s.business_day >= scope.whole_from
     AND s.business_day < scope.whole_to
     AND s.sold_on >= scope.from_month
     AND s.sold_on < scope.from_on
     AND starts_with(s.area_code, scope.area)
    WHERE scope.from_month < scope.from_on
    UNION ALL
    SELECT s.county, s.business_day, s.area_code, s.shop_id::text, s.product_id::text, s.status,
           CASE WHEN s.kind = 'sale' THEN s.gross_fen ELSE 0 END, CASE WHEN s.kind = 'sale' AND s.counted THEN s.gross_fen ELSE 0 END,
           CASE WHEN s.kind = 'refund' THEN s.gross_fen ELSE 0 END, CASE WHEN s.kind = 'refund' AND s.counted THEN s.gross_fen ELSE 0 END,
           CASE WHEN s.kind = 'refund' AND s.sold_on < edge.from_on THEN s.gross_fen ELSE 0 END,
           CASE WHEN s.household_id IS NOT NULL THEN s.due_fen ELSE 0 END, 0
    FROM edge
    JOIN impact_sales AS s
      ON s.county = edge.code
     AND s.business_day BETWEEN edge.first_on AND edge.last_on
     AND starts_with(s.area_code, edge.area)
    UNION ALL
    SELECT p.county, p.result_on, p.area_code, p.shop_id::text, p.product_id::text, p.status, 0, 0, 0, 0, 0, 0, p.amount_fen
    FROM edge
    JOIN impact_paid AS p
      ON p.county = edge.code
     AND p.result_on BETWEEN edge.first_on AND edge.last_on
     AND starts_with(p.area_code, edge.area)
), grouped AS MATERIALIZED (
    SELECT part.county,
           CASE :by::text
               WHEN 'month' THEN to_char(part.day, 'YYYY-MM')
               WHEN 'day' THEN to_char(part.day, 'YYYY-MM-DD')
               WHEN 'township' THEN left(part.area_code, 9)
               WHEN 'village' THEN left(part.area_code, 12)
               WHEN 'shop' THEN part.county || '-' || part.shop
               WHEN 'product' THEN part.county || '-' || part.product
               WHEN 'category' THEN part.product
               WHEN 'status' THEN part.status
           END AS key,
           sum(part.sale_fen) AS sale_fen, sum(part.counted_fen) AS counted_fen, sum(part.refund_fen) AS refund_fen,
           sum(part.counted_refund_fen) AS counted_refund_fen, sum(part.earlier_fen) AS earlier_fen, sum(part.due_fen) AS due_fen,
           sum(part.paid_fen) AS paid_fen
    FROM part
    GROUP BY 1, 2
), sold AS MATERIALIZED (
    SELECT groups.key, sum(g.sale_fen)::bigint AS line_gross_fen, sum(g.counted_fen)::bigint AS counted_gross_fen,
           sum(g.refund_fen - g.earlier_fen)::bigint AS refunds_fen, sum(g.earlier_fen)::bigint AS refunds_of_earlier_fen,
           sum(g.sale_fen + g.refund_fen)::bigint AS net_sales_fen, sum(g.counted_fen + g.counted_refund_fen)::bigint AS attributed_sales_fen,
           sum(g.due_fen)::bigint AS due_fen, sum(g.paid_fen)::bigint AS paid_fen
    FROM grouped AS g
    LEFT JOIN products AS p
           ON :by::text = 'category'
          AND p.county = g.county
          AND p.id = CASE WHEN :by::text = 'category' THEN g.key::uuid END
    CROSS JOIN LATERAL (SELECT k AS key
                        FROM unnest(ARRAY['', CASE WHEN :by::text = 'category' THEN p.category_code ELSE g.key END]) AS k
                        WHERE k IS NOT NULL) AS groups
    GROUP BY groups.key
), span AS MATERIALIZED (
    SELECT extract(year FROM s)::smallint AS year, CASE WHEN :by::text = 'month' THEN to_char(s, 'YYYY-MM') END AS key,
           bit_or(set_bit(0::bit(12), extract(month FROM s)::int - 1, 1)) AS months
    FROM scope
    CROSS JOIN generate_series(scope.whole_from::timestamp, scope.whole_to - 1, interval '1 month') AS s
    GROUP BY 1, 2
), active AS MATERIALIZED (
    SELECT h.county, h.household_id,
           CASE :by::text
               WHEN 'month' THEN span.key
               WHEN 'township' THEN left(h.area_code, 9)
               WHEN 'village' THEN left(h.area_code, 12)
               WHEN 'shop' THEN h.county || '-' || h.shop_id
               WHEN 'product' THEN h.county || '-' || h.product_id
               WHEN 'category' THEN (SELECT p.category_code FROM products AS p WHERE p.county = h.county AND p.id = h.product_id)
               WHEN 'status' THEN h.status
           END AS key
    FROM county
    CROSS JOIN scope
    CROSS JOIN span
    JOIN household_years AS h
      ON h.county = county.code
     AND h.year = span.year
     AND h.dimension = scope.of_households
     AND starts_with(h.area_code, scope.area)
     AND h.months & span.months <> 0::bit(12)
    UNION ALL
    SELECT a.county, a.household_id,
           CASE :by::text
               WHEN 'month' THEN to_char(a.business_day, 'YYYY-MM')
               WHEN 'day' THEN to_char(a.business_day, 'YYYY-MM-DD')
               WHEN 'township' THEN left(a.area_code, 9)
               WHEN 'village' THEN left(a.area_code, 12)
               WHEN 'shop' THEN a.county || '-' || a.shop_id
               WHEN 'product' THEN a.county || '-' || a.product_id
               WHEN 'category' THEN (SELECT p.category_code FROM products AS p WHERE p.county = a.county AND p.id = a.product_id)
               WHEN 'status' THEN a.status
           END
    FROM edge
    JOIN attributions AS a
      ON a.county = edge.code
     AND a.business_day BETWEEN edge.first_on AND edge.last_on
     AND starts_with(a.area_code, edge.area)
    WHERE a.counted
      AND a.kind = 'sale'
), resident AS MATERIALIZED (
    SELECT m.county, m.household_id, count(*) AS persons_count
    FROM county
    CROSS JOIN asked
    JOIN members AS m
      ON m.county = county.code
     AND m.resident
     AND m.valid_from <= asked.middle_on
     AND (m.valid_to IS NULL OR m.valid_to > asked.middle_on)
    GROUP BY m.county, m.household_id
), benefited AS MATERIALIZED (
    SELECT b.key, count(*) AS households_count, coalesce(sum(r.persons_count), 0)::bigint AS persons_count
    FROM (SELECT '' AS key, county, household_id FROM active GROUP BY county, household_id
          UNION ALL
          SELECT key, county, household_id FROM active WHERE key IS NOT NULL GROUP BY key, county, household_id) AS b
    LEFT JOIN resident AS r
           ON r.county = b.county
          AND r.household_id = b.household_id
    GROUP BY b.key
), keys AS (
    SELECT '' AS key FROM scope
    UNION
    SELECT key FROM sold
), reconciled AS MATERIALIZED (
    SELECT coalesce(jsonb_agg(jsonb_build_object('county', r.county, 'attribution_fen', r.attribution_fen, 'line_gross_fen', r.line_gross_fen,
                                                 'ledger_fen', r.ledger_fen, 'reconciled_at', r.reconciled_at,
                                                 'equal', r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen)
                              ORDER BY r.county), '[]') AS counties,
           bool_and(r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen) AS equal
    FROM (SELECT r.county, r.attribution_fen, r.line_gross_fen, r.ledger_fen, r.reconciled_at
          FROM county
          JOIN reconciliations AS r
            ON r.county = county.code
          WHERE NOT coalesce(:exact::boolean, false)
          UNION ALL
          SELECT r.county, r.attribution_fen, r.line_gross_fen, r.ledger_fen, :now::timestamptz
          FROM county
          CROSS JOIN LATERAL (SELECT county, attribution_fen, line_gross_fen, ledger_fen
                              FROM impact_reconciliation
                              WHERE county = county.code) AS r
          WHERE :exact::boolean) AS r
), folded AS MATERIALIZED (
    SELECT coalesce(min(w.posted_at), :now::timestamptz) AS as_of
    FROM county
    JOIN impact_oldest_waiting AS w
      ON w.county = county.code
     AND NOT coalesce(:exact::boolean, false)
)
SELECT keys.key,
       CASE :by::text
           WHEN 'shop' THEN (SELECT o.name FROM shops AS o
                         WHERE o.county = left(keys.key, 6) AND o.id = nullif(substr(keys.key, 8), '')::uuid)
           WHEN 'product' THEN (SELECT p.name FROM products AS p
                         WHERE p.county = left(keys.key, 6) AND p.id = nullif(substr(keys.key, 8), '')::uuid)
           WHEN 'category' THEN (SELECT CASE WHEN :language = 'en' THEN g.name_en ELSE g.name_zh END FROM categories AS g WHERE g.code = keys.key)
           WHEN 'township' THEN (SELECT a.name FROM areas AS a WHERE a.code = keys.key)
           WHEN 'village' THEN (SELECT a.name FROM areas AS a WHERE a.code = keys.key)
       END AS label,
       coalesce(sold.line_gross_fen, 0) AS line_gross_fen,
       coalesce(sold.counted_gross_fen, 0) AS counted_gross_fen,
       CASE WHEN sold.line_gross_fen > 0 THEN (sold.counted_gross_fen::numeric * 1000000 / sold.line_gross_fen)::bigint END AS tagged_share_ppm,
       coalesce(sold.refunds_fen, 0) AS refunds_fen,
       coalesce(sold.refunds_of_earlier_fen, 0) AS refunds_of_earlier_fen,
       coalesce(sold.net_sales_fen, 0) AS net_sales_fen,
       coalesce(sold.attributed_sales_fen, 0) AS attributed_sales_fen,
       coalesce(sold.due_fen, 0) AS due_fen,
       coalesce(sold.paid_fen, 0) AS paid_fen,
       coalesce(benefited.households_count, 0) AS households_count,
       coalesce(benefited.persons_count, 0) AS persons_count,
       scope.area,
       scope.from_on,
       scope.to_on,
       'sales 1' AS formula,
       coalesce(:exact::boolean, false) AS exact,
       folded.as_of,
       CASE WHEN :language = 'en' THEN 'A sales, B due, C paid; sales are not income' ELSE 'A 销售额，B 应付，C 已付；销售额不是收入' END AS level_words,
       CASE
           WHEN reconciled.equal THEN CASE WHEN :language = 'en' THEN 'reconciles' ELSE '账实相符' END
           WHEN NOT reconciled.equal THEN CASE WHEN :language = 'en' THEN 'DOES NOT RECONCILE' ELSE '账实不符' END
           ELSE CASE WHEN :language = 'en' THEN 'books not compared yet' ELSE '账实尚未核对' END
       END AS reconciliation_words,
       reconciled.counties AS reconciliation,
       keys.key AS cursor
FROM keys
CROSS JOIN scope
CROSS JOIN reconciled
CROSS JOIN folded
LEFT JOIN sold
       ON sold.key = keys.key
LEFT JOIN benefited
       ON benefited.key = keys.key
WHERE :cursor::text IS NULL
   OR keys.key > :cursor
ORDER BY keys.key
LIMIT :limit::int
