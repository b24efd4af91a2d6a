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
    SELECT area, from_on, to_on, middle_on, date_trunc('month', from_on)::date AS from_month, whole_from, greatest(whole_from, whole_to) AS whole_to
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
), posted AS (
    SELECT m.county, m.month AS day, m.sold_month < scope.from_month AS earlier, m.shop_id, m.product_id, m.area_code, m.status, m.counted,
           m.sale_fen, m.refund_fen, m.due_fen
    FROM county
    CROSS JOIN scope
    JOIN sales_months AS m
      ON m.county = county.code
     AND m.month >= scope.whole_from
     AND m.month < scope.whole_to
     AND starts_with(m.area_code, scope.area)
    UNION ALL
    SELECT s.county, s.business_day, s.sold_on < edge.from_on, s.shop_id, s.product_id, s.area_code, s.status, s.counted,
           CASE WHEN s.kind = 'sale' THEN s.gross_fen ELSE 0 END, CASE WHEN s.kind = 'refund' THEN s.gross_fen ELSE 0 END,
           CASE WHEN s.household_id IS NOT NULL THEN s.due_fen ELSE 0 END
    FROM edge
    JOIN impact_sales AS s
      ON s.county = edge.code
     AND s.business_day BETWEEN edge.first_on AND edge.last_on
     AND starts_with(s.area_code, edge.area)
    UNION ALL
    -- A month cannot tell what was sold before a period that begins inside it: such refunds are moved to the earlier ones.
    SELECT s.county, s.business_day, moved.earlier, s.shop_id, s.product_id, s.area_code, s.status, s.counted, 0, moved.sign * s.gross_fen, 0
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
    CROSS JOIN (VALUES (true, 1), (false, -1)) AS moved (earlier, sign)
    WHERE scope.from_month < scope.from_on
), benefited_in AS (
    SELECT m.county, m.month AS day, m.household_id, m.shop_id, m.product_id, m.area_code, m.status
    FROM county
    CROSS JOIN scope
    JOIN household_months AS m
      ON m.county = county.code
     AND m.month >= scope.whole_from
     AND m.month < scope.whole_to
     AND starts_with(m.area_code, scope.area)
    UNION ALL
    SELECT a.county, a.business_day, a.household_id, a.shop_id, a.product_id, a.area_code, a.status
    FROM edge
    JOIN attributions AS a
      ON a.county = edge.code
     AND a.business_day BETWEEN edge.first_on AND edge.last_on
     AND starts_with(a.area_code, edge.area)
    WHERE a.counted
      AND a.kind = 'sale'
), paid_in AS (
    SELECT m.county, m.month AS day, m.shop_id, m.product_id, m.area_code, m.status, m.paid_fen
    FROM county
    CROSS JOIN scope
    JOIN paid_months AS m
      ON m.county = county.code
     AND m.month >= scope.whole_from
     AND m.month < scope.whole_to
     AND starts_with(m.area_code, scope.area)
    UNION ALL
    SELECT p.county, p.result_on, p.shop_id, p.product_id, p.area_code, p.status, p.amount_fen
    FROM edge
    JOIN impact_paid AS p
      ON p.county = edge.code
     AND p.result_on BETWEEN edge.first_on AND edge.last_on
     AND starts_with(p.area_code, edge.area)
), sale_cell AS MATERIALIZED (
    SELECT county, coalesce(thing::text, day::text, word, '') AS ref, counted, earlier, sale_fen, refund_fen, due_fen
    FROM (SELECT county,
                 CASE :by::text WHEN 'shop' THEN shop_id WHEN 'product' THEN product_id WHEN 'category' THEN product_id END AS thing,
                 CASE :by::text WHEN 'month' THEN date_trunc('month', day)::date WHEN 'day' THEN day END AS day,
                 CASE :by::text WHEN 'township' THEN left(area_code, 9) WHEN 'village' THEN area_code WHEN 'status' THEN status END AS word,
                 counted, earlier, sum(sale_fen)::bigint AS sale_fen, sum(refund_fen)::bigint AS refund_fen, sum(due_fen)::bigint AS due_fen
          FROM posted
          GROUP BY 1, 2, 3, 4, 5, 6) AS cell
), household_cell AS MATERIALIZED (
    SELECT county, coalesce(thing::text, day::text, word, '') AS ref, household_id
    FROM (SELECT DISTINCT county,
                 CASE :by::text WHEN 'shop' THEN shop_id WHEN 'product' THEN product_id WHEN 'category' THEN product_id END AS thing,
                 CASE :by::text WHEN 'month' THEN date_trunc('month', day)::date WHEN 'day' THEN day END AS day,
                 CASE :by::text WHEN 'township' THEN left(area_code, 9) WHEN 'village' THEN area_code WHEN 'status' THEN status END AS word,
                 household_id
          FROM benefited_in) AS cell
), paid_cell AS MATERIALIZED (
    SELECT county, coalesce(thing::text, day::text, word, '') AS ref, paid_fen
    FROM (SELECT county,
                 CASE :by::text WHEN 'shop' THEN shop_id WHEN 'product' THEN product_id WHEN 'category' THEN product_id END AS thing,
                 CASE :by::text WHEN 'month' THEN date_trunc('month', day)::date WHEN 'day' THEN day END AS day,
                 CASE :by::text WHEN 'township' THEN left(area_code, 9) WHEN 'village' THEN area_code WHEN 'status' THEN status END AS word,
                 sum(paid_fen)::bigint AS paid_fen
          FROM paid_in
          GROUP BY 1, 2, 3, 4) AS cell
), place AS MATERIALIZED (
    SELECT cell.county, cell.ref,
           CASE :by::text
               WHEN 'month' THEN left(cell.ref, 7)
               WHEN 'day' THEN cell.ref
               WHEN 'township' THEN cell.ref
               WHEN 'village' THEN cell.ref
               WHEN 'status' THEN cell.ref
               WHEN 'category' THEN (SELECT p.category_code FROM products AS p WHERE p.county = cell.county AND p.id = cell.ref::uuid)
               WHEN 'shop' THEN cell.county || '-' || cell.ref
               WHEN 'product' THEN cell.county || '-' || cell.ref
           END AS key
    FROM (SELECT county, ref FROM sale_cell
          UNION
          SELECT county, ref FROM household_cell
          UNION
          SELECT county, ref FROM paid_cell) AS cell
), resident AS MATERIALIZED (
    SELECT h.county, h.household_id, count(m.id) AS persons_count
    FROM (SELECT DISTINCT county, household_id FROM household_cell) AS h
    CROSS JOIN scope
    LEFT JOIN members AS m
           ON m.county = h.county
          AND m.household_id = h.household_id
          AND m.resident
          AND m.valid_from <= scope.middle_on
          AND (m.valid_to IS NULL OR m.valid_to > scope.middle_on)
    GROUP BY h.county, h.household_id
), sold AS MATERIALIZED (
    SELECT CASE WHEN grouping(place.key) = 1 THEN '' ELSE place.key END AS key,
           coalesce(sum(sale.sale_fen), 0)::bigint AS line_gross_fen,
           coalesce(sum(sale.sale_fen) FILTER (WHERE sale.counted), 0)::bigint AS counted_gross_fen,
           coalesce(sum(sale.refund_fen) FILTER (WHERE NOT sale.earlier), 0)::bigint AS refunds_fen,
           coalesce(sum(sale.refund_fen) FILTER (WHERE sale.earlier), 0)::bigint AS refunds_of_earlier_fen,
           coalesce(sum(sale.sale_fen + sale.refund_fen), 0)::bigint AS net_sales_fen,
           coalesce(sum(sale.sale_fen + sale.refund_fen) FILTER (WHERE sale.counted), 0)::bigint AS attributed_sales_fen,
           coalesce(sum(sale.due_fen), 0)::bigint AS due_fen
    FROM sale_cell AS sale
    JOIN place
      ON place.county = sale.county
     AND place.ref = sale.ref
    GROUP BY GROUPING SETS ((place.key), ())
), received AS MATERIALIZED (
    SELECT CASE WHEN grouping(place.key) = 1 THEN '' ELSE place.key END AS key, coalesce(sum(paid.paid_fen), 0)::bigint AS paid_fen
    FROM paid_cell AS paid
    JOIN place
      ON place.county = paid.county
     AND place.ref = paid.ref
    GROUP BY GROUPING SETS ((place.key), ())
), benefited AS MATERIALIZED (
    SELECT '' AS key, count(*) AS households_count, coalesce(sum(persons_count), 0)::bigint AS persons_count
    FROM resident
    UNION ALL
    SELECT one.key, count(*), coalesce(sum(resident.persons_count), 0)::bigint
    FROM (SELECT DISTINCT place.key, cell.county, cell.household_id
          FROM household_cell AS cell
          JOIN place
            ON place.county = cell.county
           AND place.ref = cell.ref
          WHERE place.key IS NOT NULL) AS one
    JOIN resident
      ON resident.county = one.county
     AND resident.household_id = one.household_id
    GROUP BY one.key
), keys AS (
    SELECT '' AS key FROM scope
    UNION
    SELECT key FROM place WHERE key IS NOT NULL
), reconciled AS MATERIALIZED (
    SELECT coalesce(jsonb_agg(jsonb_build_object('county', r.county, 'attribution_fen', r.attribution_fen, 'line_gross_fen', r.line_gross_fen,
                                                 'ledger_fen', r.ledger_fen, 'reconciled_at', r.reconciled_at,
                                                 'equal', r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen)
                              ORDER BY r.county), '[]') AS counties,
           coalesce(bool_and(r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen), true) AS equal
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
       coalesce(received.paid_fen, 0) AS paid_fen,
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
           ELSE CASE WHEN :language = 'en' THEN 'DOES NOT RECONCILE' ELSE '账实不符' END
       END AS reconciliation_words,
       reconciled.counties AS reconciliation,
       keys.key AS cursor
FROM keys
CROSS JOIN scope
CROSS JOIN reconciled
CROSS JOIN folded
LEFT JOIN sold
       ON sold.key = keys.key
LEFT JOIN received
       ON received.key = keys.key
LEFT JOIN benefited
       ON benefited.key = keys.key
WHERE :cursor::text IS NULL
   OR keys.key > :cursor
ORDER BY keys.key
LIMIT :limit::int
