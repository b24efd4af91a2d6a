-- The county hides a shown review or shows a hidden one (:review_state), with a reason; the public and the average follow at once.
WITH review AS MATERIALIZED (
    SELECT r.county, r.id, r.product_id, r.rating, r.state
    FROM reviews AS r
    WHERE r.county = :review_county
      AND r.id = :review_id::uuid
      AND area_within(r.county, :actor_areas::text[])
    FOR UPDATE
), judged AS (
    UPDATE reviews AS r
    SET state = :review_state,
        version = r.version + 1
    FROM review
    WHERE r.county = review.county
      AND r.id = review.id
      AND review.state IN ('shown', 'hidden')
      AND review.state <> :review_state
    RETURNING r.county, r.id, r.product_id, r.rating, r.state, r.version
), rated AS (
    UPDATE product_ratings AS t
    SET reviews_count = t.reviews_count + CASE judged.state WHEN 'shown' THEN 1 ELSE -1 END,
        rating_sum = t.rating_sum + CASE judged.state WHEN 'shown' THEN judged.rating ELSE -judged.rating END
    FROM judged
    WHERE t.county = judged.county
      AND t.product_id = judged.product_id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'review_' || state, county, 'reviews', id, :reason, :request_id
    FROM judged
)
SELECT CASE WHEN judged.id IS NULL THEN 'wrong-state' END AS problem,
       review.county || '-' || review.id AS review_id,
       judged.state,
       judged.version
FROM review
LEFT JOIN judged
       ON judged.county = review.county
      AND judged.id = review.id
