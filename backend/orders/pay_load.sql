-- Facts for asking a provider for the money of a purchase.
SELECT p.id AS purchase_id,
       p.state,
       p.total_fen,
       p.deadline_at
FROM purchases AS p
WHERE p.buyer_id = :actor_id::uuid
  AND p.id = :purchase_id::uuid
