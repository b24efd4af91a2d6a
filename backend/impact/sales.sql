-- Sales of a period by a key, the total first: a row each, saying itself what it is and whether the books agree.
WITH scope AS MATERIALIZED (
    SELECT :area::text AS area, :from::date AS from_on, :to::date AS to_on,
           :from::date + (:to::date - :from::date) / 2 AS middle_on
    WHERE area_within(:area, :actor_areas::text[])
), sale AS MATERIALIZED (
    SELECT s.county, s.kind, s.household_id, s.counted, s.gross_fen, s.due_fen, s.sold_on < scope.from_on AS earlier,
           CASE :by::text
               WHEN 'month' THEN to_char(s.business_day, 'YYYY-MM')
               WHEN 'shop' THEN s.county || '-' || s.shop_id
               WHEN 'product' THEN s.county || '-' || s.product_id
               WHEN 'village' THEN s.area_code
               WHEN 'status' THEN s.status
           END AS key
    FROM impact_sales AS s
    JOIN scope
      ON starts_with(s.county, left(scope.area, 6))
     AND starts_with(s.area_code, scope.area)
     AND s.business_day BETWEEN scope.from_on AND scope.to_on
), paid AS MATERIALIZED (
    SELECT p.amount_fen,
           CASE :by::text
               WHEN 'month' THEN to_char(p.result_on, 'YYYY-MM')
               WHEN 'shop' THEN p.county || '-' || p.shop_id
               WHEN 'product' THEN p.county || '-' || p.product_id
               WHEN 'village' THEN p.area_code
               WHEN 'status' THEN p.status
           END AS key
    FROM impact_paid AS p
    JOIN scope
      ON starts_with(p.county, left(scope.area, 6))
     AND starts_with(p.area_code, scope.area)
     AND p.result_on BETWEEN scope.from_on AND scope.to_on
), sold AS MATERIALIZED (
    SELECT groups.key,
           coalesce(sum(sale.gross_fen) FILTER (WHERE sale.kind = 'sale'), 0)::bigint AS line_gross_fen,
           coalesce(sum(sale.gross_fen) FILTER (WHERE sale.kind = 'sale' AND sale.counted), 0)::bigint AS counted_gross_fen,
           coalesce(sum(sale.gross_fen) FILTER (WHERE sale.kind = 'refund' AND NOT sale.earlier), 0)::bigint AS refunds_fen,
           coalesce(sum(sale.gross_fen) FILTER (WHERE sale.kind = 'refund' AND sale.earlier), 0)::bigint AS refunds_of_earlier_fen,
           coalesce(sum(sale.gross_fen), 0)::bigint AS net_sales_fen,
           coalesce(sum(sale.gross_fen) FILTER (WHERE sale.counted), 0)::bigint AS attributed_sales_fen,
           coalesce(sum(sale.due_fen) FILTER (WHERE sale.household_id IS NOT NULL), 0)::bigint AS due_fen
    FROM sale
    CROSS JOIN LATERAL (SELECT DISTINCT k AS key FROM unnest(ARRAY['', sale.key]) AS k WHERE k IS NOT NULL) AS groups
    GROUP BY groups.key
), benefiting AS MATERIALIZED (
    SELECT DISTINCT groups.key, sale.county, sale.household_id
    FROM sale
    CROSS JOIN LATERAL (SELECT k AS key FROM unnest(ARRAY['', sale.key]) AS k WHERE k IS NOT NULL) AS groups
    WHERE sale.counted
      AND sale.kind = 'sale'
), residents AS MATERIALIZED (
    SELECT m.county, m.household_id, count(*) AS persons_count
    FROM members AS m
    JOIN (SELECT county, household_id FROM benefiting WHERE key = '') AS b
      ON b.county = m.county
     AND b.household_id = m.household_id
    CROSS JOIN scope
    WHERE m.resident
      AND m.valid_from <= scope.middle_on
      AND (m.valid_to IS NULL OR m.valid_to > scope.middle_on)
    GROUP BY m.county, m.household_id
), benefited AS MATERIALIZED (
    SELECT b.key, count(*) AS households_count, coalesce(sum(r.persons_count), 0)::bigint AS persons_count
    FROM benefiting AS b
    LEFT JOIN residents AS r
           ON r.county = b.county
          AND r.household_id = b.household_id
    GROUP BY b.key
), received AS MATERIALIZED (
    SELECT groups.key, sum(paid.amount_fen)::bigint AS paid_fen
    FROM paid
    CROSS JOIN LATERAL (SELECT k AS key FROM unnest(ARRAY['', paid.key]) AS k WHERE k IS NOT NULL) AS groups
    GROUP BY groups.key
), keys AS (
    SELECT '' AS key FROM scope
    UNION
    SELECT key FROM sold
    UNION
    SELECT key FROM received
), reconciled AS MATERIALIZED (
    SELECT coalesce(jsonb_agg(jsonb_build_object('county', r.county, 'attribution_fen', r.attribution_fen, 'line_gross_fen', r.line_gross_fen,
                                                 'ledger_fen', r.ledger_fen,
                                                 'equal', r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen)
                              ORDER BY r.county), '[]') AS counties,
           coalesce(bool_and(r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen), true) AS equal
    FROM scope
    JOIN areas AS c
      ON c.kind = 'county'
     AND starts_with(c.code, left(scope.area, 6))
    CROSS JOIN LATERAL (SELECT county, attribution_fen, line_gross_fen, ledger_fen
                        FROM impact_reconciliation
                        WHERE county = c.code) AS r
)
SELECT keys.key,
       CASE :by::text
           WHEN 'shop' THEN (SELECT o.name FROM shops AS o
                         WHERE o.county = left(keys.key, 6) AND o.id = nullif(substr(keys.key, 8), '')::uuid)
           WHEN 'product' THEN (SELECT p.name FROM products AS p
                         WHERE p.county = left(keys.key, 6) AND p.id = nullif(substr(keys.key, 8), '')::uuid)
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
       :now::timestamptz AS as_of,
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
