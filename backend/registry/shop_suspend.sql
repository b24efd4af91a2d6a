-- The county suspends an open shop, or opens it again; its goods leave the catalogue at once.
WITH shop AS (
    SELECT s.county, s.id, s.state
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND area_within(s.county, :actor_areas::text[])
), changed AS (
    UPDATE shops AS s
    SET state = CASE WHEN :suspended::boolean THEN 'suspended' ELSE 'open' END,
        version = s.version + 1
    FROM shop
    WHERE s.county = shop.county
      AND s.id = shop.id
      AND s.state = CASE WHEN :suspended::boolean THEN 'open' ELSE 'suspended' END
    RETURNING s.county, s.id, s.state, s.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'shop_suspended', county, 'shops', id, :reason, :request_id
    FROM changed
)
SELECT CASE WHEN changed.id IS NULL THEN 'wrong-state' END AS problem,
       shop.county || '-' || shop.id AS shop_id,
       changed.state,
       changed.version
FROM shop
LEFT JOIN changed
       ON changed.county = shop.county
      AND changed.id = shop.id
