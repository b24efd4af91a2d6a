-- Writes a review of goods received (plan) and adds it to what the product's reviews say.
WITH added AS (
    INSERT INTO reviews (county, id, product_id, shop_id, order_id, order_line_id, author_id, author_masked, bought, rating, words, photos,
                         created_at)
    SELECT :product_county,
           :new_id::uuid,
           :product_id::uuid,
           (:plan::jsonb ->> 'shop_id')::uuid,
           :order_id::uuid,
           (:plan::jsonb ->> 'order_line_id')::uuid,
           :actor_id::uuid,
           :plan::jsonb ->> 'author_masked',
           :plan::jsonb ->> 'bought',
           :rating::smallint,
           :words,
           :plan::jsonb -> 'photos',
           :now::timestamptz
    RETURNING county, product_id, rating
)
INSERT INTO product_ratings (county, product_id, reviews_count, rating_sum)
SELECT county, product_id, 1, rating
FROM added
ON CONFLICT (county, product_id) DO UPDATE
SET reviews_count = product_ratings.reviews_count + 1,
    rating_sum = product_ratings.rating_sum + excluded.rating_sum
