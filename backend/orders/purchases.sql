-- The buyer's purchases, newest first.
SELECT p.id AS purchase_id,
       p.state,
       p.total_fen,
       p.created_at,
       p.deadline_at,
       p.id::text AS cursor
FROM purchases AS p
WHERE p.buyer_id = :actor_id::uuid
  AND (:cursor::uuid IS NULL OR p.id < :cursor::uuid)
ORDER BY p.id DESC
LIMIT :limit::bigint
