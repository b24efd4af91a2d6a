-- A shop's orders for its operators and the county, newest first, with what is to be packed.
SELECT o.county || '-' || o.id AS order_id,
       o.state,
       o.goods_fen,
       o.freight_fen,
       o.refunded_fen,
       o.destination_code,
       (SELECT string_agg(a.name, '' ORDER BY a.code)
        FROM registry_area_names AS a
        WHERE a.code IN (left(o.destination_code, 2), left(o.destination_code, 4), left(o.destination_code, 6), left(o.destination_code, 9),
                         o.destination_code)) AS destination_name,
       o.created_at,
       o.paid_at,
       o.packed_at,
       o.shipped_at,
       o.channel,
       (SELECT json_agg(json_build_object('name', l.name, 'packs', l.packs, 'served_packs', l.served_packs) ORDER BY l.position)
        FROM order_lines AS l
        WHERE l.county = o.county AND l.order_id = o.id) AS lines,
       o.version,
       o.id::text AS cursor
FROM orders AS o
WHERE o.county = :shop_county
  AND o.shop_id = :shop_id::uuid
  AND (o.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(o.county, :actor_areas::text[]))
  AND (:state::text IS NULL OR o.state = :state)
  AND (:packed::boolean IS NULL OR (o.packed_at IS NOT NULL) = :packed::boolean)
  AND (:cursor::uuid IS NULL OR o.id < :cursor::uuid)
ORDER BY o.id DESC
LIMIT :limit::bigint
