-- The buyer changes the own review, within thirty days; one the county has hidden stays as it is.
WITH review AS MATERIALIZED (
    SELECT r.county, r.id, r.product_id, r.rating, r.version, r.created_at
    FROM reviews AS r
    WHERE r.county = :review_county
      AND r.id = :review_id::uuid
      AND r.author_id = :actor_id::uuid
      AND r.state <> 'deleted'
    FOR UPDATE
), changed AS (
    UPDATE reviews AS r
    SET rating = coalesce(:rating::smallint, r.rating),
        words = coalesce(:words, r.words),
        changed_at = :now::timestamptz,
        version = r.version + 1
    FROM review
    WHERE r.county = review.county
      AND r.id = review.id
      AND r.version = :if_match::int
      AND r.state = 'shown'
      AND review.created_at > :now::timestamptz - interval '30 days'
    RETURNING r.county, r.id, r.product_id, r.rating, r.words, r.state, r.version
), rated AS (
    UPDATE product_ratings AS t
    SET rating_sum = t.rating_sum + changed.rating - review.rating
    FROM changed
    JOIN review
      ON review.county = changed.county
     AND review.id = changed.id
    WHERE t.county = changed.county
      AND t.product_id = changed.product_id
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN review.version <> :if_match::int THEN 'stale'
           ELSE 'wrong-state'
       END AS problem,
       review.county || '-' || review.id AS review_id,
       changed.rating,
       changed.words,
       changed.state,
       changed.version
FROM review
LEFT JOIN changed
       ON changed.county = review.county
      AND changed.id = review.id
