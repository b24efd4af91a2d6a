-- The lines behind any figure: each attribution of a period with its order, line, lot and contribution. It keeps the status of its day;
-- whose household was taken out of the register since is marked.
SELECT s.county || '-' || s.id AS attribution_id,
       s.kind,
       s.business_day,
       s.sold_on,
       s.county || '-' || s.order_id AS order_id,
       s.county || '-' || s.order_line_id AS order_line_id,
       l.name AS line,
       s.county || '-' || c.lot_id AS lot_id,
       s.county || '-' || s.contribution_id AS contribution_id,
       s.county || '-' || s.shop_id AS shop_id,
       s.county || '-' || s.product_id AS product_id,
       s.county || '-' || s.household_id AS household_id,
       h.head_name_masked AS head,
       s.area_code,
       s.status,
       EXISTS (SELECT 1
               FROM household_statuses AS r
               WHERE r.county = s.county
                 AND r.household_id = s.household_id
                 AND r.status = 'removed'
                 AND r.valid @> :today::date
                 AND upper_inf(r.known)) AND s.status <> 'removed' AS removed_later,
       s.counted,
       s.reason,
       s.quantity_qty,
       s.gross_fen,
       s.due_fen,
       s.id::text AS cursor
FROM impact_sales AS s
JOIN order_lines AS l
  ON l.county = s.county
 AND l.id = s.order_line_id
JOIN contributions AS c
  ON c.county = s.county
 AND c.id = s.contribution_id
LEFT JOIN households AS h
       ON h.county = s.county
      AND h.id = s.household_id
WHERE area_within(:area, :actor_areas::text[])
  AND starts_with(s.county, left(:area, 6))
  AND starts_with(s.area_code, :area)
  AND s.business_day BETWEEN :from::date AND :to::date
  AND (:shop_id::uuid IS NULL OR s.shop_id = :shop_id::uuid)
  AND (:product_id::uuid IS NULL OR s.product_id = :product_id::uuid)
  AND (:household_id::uuid IS NULL OR s.household_id = :household_id::uuid)
  AND (:status::text IS NULL OR s.status = :status)
  AND (:cursor::text IS NULL OR s.id > :cursor::uuid)
ORDER BY s.id
LIMIT :limit::int
