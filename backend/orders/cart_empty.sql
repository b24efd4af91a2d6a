-- Empties the buyer's cart.
WITH removed AS (
    DELETE FROM cart_lines
    WHERE buyer_id = :actor_id::uuid
    RETURNING 1
)
SELECT count(*) AS lines_removed_count
FROM removed
