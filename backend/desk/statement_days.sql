-- A shop's month by day and product: the rows its statement sums.
SELECT a.business_day AS day,
       a.county || '-' || a.product_id AS product_id,
       p.name AS product_name,
       p.base_unit,
       sum(a.quantity_qty)::bigint AS quantity_qty,
       count(DISTINCT a.order_id) FILTER (WHERE a.kind = 'sale') AS orders_count,
       coalesce(sum(a.gross_fen) FILTER (WHERE a.kind = 'sale'), 0)::bigint AS sales_fen,
       coalesce(-sum(a.gross_fen) FILTER (WHERE a.kind = 'refund'), 0)::bigint AS refunds_fen,
       sum(a.gross_fen)::bigint AS net_fen,
       sum(a.due_fen)::bigint AS dues_fen,
       sum(a.fee_fen)::bigint AS fees_fen,
       sum(a.freight_fen)::bigint AS freight_borne_fen,
       sum(a.margin_fen)::bigint AS margin_fen,
       a.business_day || '|' || a.product_id AS cursor
FROM attributions AS a
JOIN products AS p
  ON p.county = a.county
 AND p.id = a.product_id
WHERE a.county = :shop_county
  AND a.shop_id = :shop_id::uuid
  AND (a.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(a.county, :actor_areas::text[]))
  AND a.business_day >= :from_on::date
  AND a.business_day < (:from_on::date + interval '1 month')::date
  AND (:cursor::text IS NULL
       OR (a.business_day, a.product_id) > (split_part(:cursor::text, '|', 1)::date, split_part(:cursor::text, '|', 2)::uuid))
GROUP BY a.county, a.business_day, a.product_id, p.name, p.base_unit
ORDER BY a.business_day, a.product_id
LIMIT :limit::bigint
