-- The county approves or refuses a proposed product; never who proposed it.
WITH product AS (
    SELECT p.county, p.id, p.state, p.proposed_by
    FROM products AS p
    WHERE p.county = :product_county
      AND p.id = :product_id::uuid
      AND area_within(p.county, :actor_areas::text[])
), decided AS (
    UPDATE products AS p
    SET state = CASE WHEN :accepted::boolean THEN 'approved' ELSE 'refused' END,
        decided_by = :actor_id::uuid,
        version = p.version + 1
    FROM product
    WHERE p.county = product.county
      AND p.id = product.id
      AND p.state = 'proposed'
      AND product.proposed_by IS DISTINCT FROM :actor_id::uuid
    RETURNING p.county, p.id, p.state, p.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'product_decided', county, 'products', id, :reason, :request_id
    FROM decided
)
SELECT CASE
           WHEN product.proposed_by = :actor_id::uuid THEN 'own-entry'
           WHEN decided.id IS NULL THEN 'wrong-state'
       END AS problem,
       product.county || '-' || product.id AS product_id,
       decided.state,
       decided.version
FROM product
LEFT JOIN decided
       ON decided.county = product.county
      AND decided.id = product.id
