-- Changes price, name, limit or listing of an offer; orders placed keep what they froze.
WITH offer AS (
    SELECT f.county, f.id
    FROM offers AS f
    WHERE f.county = :offer_county
      AND f.id = :offer_id::uuid
      AND f.shop_id = ANY (:actor_organisations::uuid[])
), changed AS (
    UPDATE offers AS f
    SET sku = coalesce(:sku, f.sku),
        name = coalesce(:name, f.name),
        price_fen = coalesce(:price_fen::bigint, f.price_fen),
        packs_per_buyer_max = coalesce(:packs_per_buyer_max::int, f.packs_per_buyer_max),
        listed = coalesce(:listed::boolean, f.listed),
        version = f.version + 1
    FROM offer
    WHERE f.county = offer.county
      AND f.id = offer.id
      AND f.version = :if_match::int
    RETURNING f.county, f.id, f.name, f.price_fen, f.listed, f.version
)
SELECT CASE WHEN changed.id IS NULL THEN 'stale' END AS problem,
       offer.county || '-' || offer.id AS offer_id,
       changed.name,
       changed.price_fen,
       changed.listed,
       changed.version
FROM offer
LEFT JOIN changed
       ON changed.county = offer.county
      AND changed.id = offer.id
