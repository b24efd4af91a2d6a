-- Changes an address; orders placed before keep the one they were placed with.
WITH address AS (
    SELECT a.buyer_id, a.id
    FROM addresses AS a
    WHERE a.buyer_id = :actor_id::uuid
      AND a.id = :address_id::uuid
), changed AS (
    UPDATE addresses AS a
    SET recipient = coalesce(:recipient, a.recipient),
        phone = coalesce(:phone, a.phone),
        area_code = coalesce(:area_code, a.area_code),
        street = coalesce(:street, a.street),
        version = a.version + 1
    FROM address
    WHERE a.buyer_id = address.buyer_id
      AND a.id = address.id
      AND a.version = :if_match::int
    RETURNING a.id, a.recipient, a.phone, a.area_code, a.street, a.version
)
SELECT CASE WHEN changed.id IS NULL THEN 'stale' END AS problem,
       address.id AS address_id,
       changed.recipient,
       changed.phone,
       changed.area_code,
       changed.street,
       changed.version
FROM address
LEFT JOIN changed
       ON changed.id = address.id
