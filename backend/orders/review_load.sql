-- Facts for a review: the buyer's own line of the product, one not reviewed yet if there is one, and the photos to go with it.
WITH line AS (
    SELECT o.county, o.shop_id, o.state, l.id, l.name, l.served_packs, r.id AS review_id
    FROM orders AS o
    JOIN order_lines AS l
      ON l.county = o.county
     AND l.order_id = o.id
    LEFT JOIN reviews AS r
           ON r.county = l.county
          AND r.order_line_id = l.id
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.buyer_id = :actor_id::uuid
      AND l.county = :product_county
      AND l.product_id = :product_id::uuid
    ORDER BY r.id IS NOT NULL, l.position
    LIMIT 1
), asked AS MATERIALIZED (
    SELECT a.position, p.id, p.width, p.height
    FROM unnest(:photo_ids::uuid[]) WITH ORDINALITY AS a (id, position)
    LEFT JOIN photos AS p
           ON p.id = a.id
          AND p.owner_id = :actor_id::uuid
          AND p.purpose = 'review'
          AND p.state = 'ready'
          AND p.bound_id IS NULL
), photo AS MATERIALIZED (
    SELECT coalesce(json_agg(json_build_object('photo_id', id, 'width', width, 'height', height) ORDER BY position), '[]') AS photos,
           min(position) FILTER (WHERE id IS NULL) AS missing
    FROM asked
), author AS MATERIALIZED (
    SELECT display_name
    FROM accounts
    WHERE id = :actor_id::uuid
), judged AS (
    SELECT line.*,
           CASE
               WHEN line.state NOT IN ('received', 'closed') OR line.served_packs = 0 THEN 'wrong-state'
               WHEN line.review_id IS NOT NULL THEN 'taken'
               WHEN photo.missing IS NOT NULL THEN 'photo-not-ready'
           END AS problem,
           photo.missing,
           photo.photos
    FROM line
    CROSS JOIN photo
)
SELECT judged.problem,
       CASE WHEN judged.problem = 'photo-not-ready' THEN '/photo_ids/' || (judged.missing - 1) END AS problem_pointer,
       judged.id AS order_line_id,
       judged.shop_id,
       judged.name AS bought,
       author.display_name AS author,
       judged.photos
FROM judged
CROSS JOIN author
