-- What may be meant by what was typed so far: kinds and places first, then shops, then goods; eight at most.
WITH named AS (
    SELECT g.kind, g.county, g.code, g.name, g.detail,
           CASE g.kind WHEN 'category' THEN 1 WHEN 'place' THEN 2 ELSE 3 END AS rank
    FROM suggestions AS g
    WHERE g.words @> :words::text[]
    ORDER BY rank, length(g.name), g.name, g.county, g.code
    LIMIT 5
), goods AS (
    SELECT 'product' AS kind, g.county, g.id::text AS code, g.name, g.shop_name AS detail, 4 AS rank
    FROM catalog_goods AS g
    WHERE g.words @> :words::text[]
    ORDER BY g.id DESC, g.county DESC
    LIMIT 8
), either AS (
    SELECT kind, county, code, name, detail, rank
    FROM named
    UNION ALL
    SELECT kind, county, code, name, detail, rank
    FROM goods
)
SELECT kind,
       CASE WHEN kind IN ('shop', 'product') THEN county || '-' || code ELSE code END AS code,
       name,
       detail
FROM either
ORDER BY rank, length(name), name, county, code
LIMIT 8
