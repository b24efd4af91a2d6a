-- The operator changes what the shop's page tells, and within how many hours it promises to ship.
WITH shop AS (
    SELECT s.county, s.id
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND s.id = ANY (:actor_organisations::uuid[])
), changed AS (
    UPDATE shops AS s
    SET name = coalesce(:name, s.name),
        story = coalesce(:story, s.story),
        ship_within_hours = coalesce(:ship_within_hours::int, s.ship_within_hours),
        version = s.version + 1
    FROM shop
    WHERE s.county = shop.county
      AND s.id = shop.id
      AND s.version = :if_match::int
    RETURNING s.county, s.id, s.name, s.story, s.ship_within_hours, s.version
)
SELECT CASE WHEN changed.id IS NULL THEN 'stale' END AS problem,
       shop.county || '-' || shop.id AS shop_id,
       changed.name,
       changed.story,
       changed.ship_within_hours,
       changed.version
FROM shop
LEFT JOIN changed
       ON changed.county = shop.county
      AND changed.id = shop.id
