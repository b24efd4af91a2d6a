-- The shop answers a review of its goods; a later answer takes the place of the earlier one.
WITH review AS (
    SELECT r.county, r.id
    FROM reviews AS r
    WHERE r.county = :review_county
      AND r.id = :review_id::uuid
      AND r.shop_id = ANY (:actor_organisations::uuid[])
      AND r.state <> 'deleted'
), replied AS (
    UPDATE reviews AS r
    SET reply = :words,
        replied_at = :now::timestamptz,
        version = r.version + 1
    FROM review
    WHERE r.county = review.county
      AND r.id = review.id
      AND r.state = 'shown'
    RETURNING r.county, r.id, r.reply, r.replied_at, r.version
)
SELECT CASE WHEN replied.id IS NULL THEN 'wrong-state' END AS problem,
       review.county || '-' || review.id AS review_id,
       replied.reply,
       replied.replied_at,
       replied.version
FROM review
LEFT JOIN replied
       ON replied.county = review.county
      AND replied.id = review.id
