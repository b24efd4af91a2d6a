-- One review for whom it concerns: its author, the shop, the county.
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
       r.author_id = :actor_id::uuid AS own,
       r.author_id = :actor_id::uuid AND r.state = 'shown' AND r.created_at > :now::timestamptz - interval '30 days' AS changeable,
       r.version
FROM reviews AS r
WHERE r.county = :review_county
  AND r.id = :review_id::uuid
  AND r.state <> 'deleted'
  AND (r.author_id = :actor_id::uuid OR r.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(r.county, :actor_areas::text[]))
