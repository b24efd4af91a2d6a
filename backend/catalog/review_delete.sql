-- The buyer takes the own review back: its words and photos go, and the line is not reviewed again.
WITH review AS MATERIALIZED (
    SELECT r.county, r.id, r.product_id, r.rating, r.state
    FROM reviews AS r
    WHERE r.county = :review_county
      AND r.id = :review_id::uuid
      AND r.author_id = :actor_id::uuid
      AND r.state <> 'deleted'
    FOR UPDATE
), deleted AS (
    UPDATE reviews AS r
    SET state = 'deleted',
        words = '',
        photos = '[]',
        reply = NULL,
        changed_at = :now::timestamptz,
        version = r.version + 1
    FROM review
    WHERE r.county = review.county
      AND r.id = review.id
    RETURNING r.county, r.id, r.state, r.version
), rated AS (
    UPDATE product_ratings AS t
    SET reviews_count = t.reviews_count - 1,
        rating_sum = t.rating_sum - review.rating
    FROM review
    WHERE t.county = review.county
      AND t.product_id = review.product_id
      AND review.state = 'shown'
)
SELECT county || '-' || id AS review_id,
       state,
       version
FROM deleted
