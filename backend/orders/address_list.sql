-- The buyer's addresses, newest first.
SELECT a.id AS address_id,
       a.recipient,
       a.phone,
       a.area_code,
       (SELECT string_agg(n.name, '' ORDER BY n.code)
        FROM registry_area_names AS n
        WHERE n.code IN (left(a.area_code, 2), left(a.area_code, 4), left(a.area_code, 6), left(a.area_code, 9), a.area_code)) AS area_name,
       a.street,
       a.version,
       a.id::text AS cursor
FROM addresses AS a
WHERE a.buyer_id = :actor_id::uuid
  AND (:cursor::uuid IS NULL OR a.id < :cursor::uuid)
ORDER BY a.id DESC
LIMIT :limit::bigint
