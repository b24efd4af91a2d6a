-- Adds an address.
INSERT INTO addresses (buyer_id, id, recipient, phone, area_code, street, created_at)
VALUES (:actor_id::uuid, :new_id::uuid, :recipient, :phone, :area_code, :street, :now::timestamptz)
RETURNING id AS address_id, recipient, phone, area_code, street, version
