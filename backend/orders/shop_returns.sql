-- What buyers of a shop ask to return, open ones first, for its operators and the county.
SELECT r.county || '-' || r.id AS return_id,
       r.county || '-' || r.order_id AS order_id,
       l.name,
       r.packs,
       r.refund_fen,
       CASE WHEN r.refund_fen > 0 THEN r.refund_fen ELSE r.packs * l.price_fen END AS asked_fen,
       r.cause,
       r.words,
       r.photos,
       r.goods_back,
       r.state,
       r.requested_at,
       r.requested_at + :period_return_answer_s::bigint * interval '1 second' AS deadline_at,
       r.answer,
       r.id::text AS cursor
FROM orders AS o
JOIN returns AS r ON r.county = o.county AND r.order_id = o.id
JOIN order_lines AS l ON l.county = r.county AND l.id = r.order_line_id
WHERE o.county = :shop_county
  AND o.shop_id = :shop_id::uuid
  AND (o.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(o.county, :actor_areas::text[]))
  AND (:state::text IS NULL OR r.state = :state)
  AND (:cursor::uuid IS NULL OR r.id < :cursor::uuid)
ORDER BY r.id DESC
LIMIT :limit::bigint
