-- Removes an address; orders placed before keep it.
DELETE FROM addresses
WHERE buyer_id = :actor_id::uuid
  AND id = :address_id::uuid
RETURNING id AS address_id
