-- Reviews of a shop's goods, newest first, for its operators and the county; also what is hidden, and what still waits for an answer.
SELECT r.county || '-' || r.id AS review_id,
       r.county || '-' || r.product_id AS product_id,
       r.county || '-' || r.order_id AS order_id,
       r.author_masked AS author,
       r.bought,
       r.rating,
       r.words,
       r.photos,
       r.state,
       r.created_at,
       r.changed_at,
       r.reply,
       r.replied_at,
       r.id::text AS cursor
FROM reviews AS r
WHERE r.county = :shop_county
  AND r.shop_id = :shop_id::uuid
  AND r.state <> 'deleted'
  AND (r.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(r.county, :actor_areas::text[]))
  AND (:state::text IS NULL OR r.state = :state)
  AND (:answered::boolean IS NULL OR (r.reply IS NOT NULL) = :answered::boolean)
  AND (:cursor::uuid IS NULL OR r.id < :cursor::uuid)
ORDER BY r.id DESC
LIMIT :limit::bigint
