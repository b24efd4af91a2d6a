-- The buyer's addresses, newest first.
SELECT a.id AS address_id,
       a.recipient,
       a.phone,
       a.area_code,
       a.street,
       a.version,
       a.id::text AS cursor
FROM addresses AS a
WHERE a.buyer_id = :actor_id::uuid
  AND (:cursor::uuid IS NULL OR a.id < :cursor::uuid)
ORDER BY a.id DESC
LIMIT :limit::bigint
