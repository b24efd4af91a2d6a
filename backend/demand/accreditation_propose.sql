-- A county officer proposes that a product is accredited for some days.
WITH goods AS (
    SELECT p.county, p.id
    FROM products AS p
    WHERE p.county = :product_county
      AND p.id = :product_id::uuid
      AND area_within(p.county, :actor_areas::text[])
), proposed AS (
    INSERT INTO accreditations (county, id, product_id, valid_from, valid_to, source, proposed_by, proposed_at)
    SELECT goods.county, :new_id::uuid, goods.id, :valid_from::date, :valid_to::date, :source, :actor_id::uuid, :now::timestamptz
    FROM goods
    RETURNING county, id, state, version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'accreditation_proposed', county, 'accreditations', id, '{}', :request_id
    FROM proposed
)
SELECT county || '-' || id AS accreditation_id,
       state,
       version
FROM proposed
