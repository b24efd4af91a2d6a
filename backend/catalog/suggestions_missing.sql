-- Kinds, places and shops that have goods and are not suggested yet, or under another name.
WITH selling AS (
    SELECT s.county, s.id, s.name, s.area_code, p.category_code
    FROM shops AS s
    JOIN products AS p
      ON p.county = s.county
     AND p.shop_id = s.id
    WHERE s.state = 'open'
      AND p.state = 'approved'
), place AS (
    SELECT DISTINCT left(s.area_code, l.digits) AS code, s.county
    FROM selling AS s
    CROSS JOIN (VALUES (6), (9), (12)) AS l (digits)
    WHERE length(s.area_code) >= l.digits
), named AS (
    SELECT 'category' AS kind, '' AS county, c.code, c.name_zh AS name, c.name_en AS detail
    FROM categories AS c
    WHERE c.code IN (SELECT category_code FROM selling)
    UNION ALL
    SELECT 'place', '', a.code, a.name, CASE WHEN a.code = p.county THEN '' ELSE c.name END
    FROM place AS p
    JOIN areas AS a
      ON a.code = p.code
    JOIN areas AS c
      ON c.code = p.county
    UNION ALL
    SELECT DISTINCT 'shop', s.county, s.id::text, s.name, c.name
    FROM selling AS s
    JOIN areas AS c
      ON c.code = s.county
)
SELECT n.kind, n.county, n.code, n.name, n.detail
FROM named AS n
LEFT JOIN suggestions AS g
       ON g.kind = n.kind
      AND g.county = n.county
      AND g.code = n.code
WHERE g.code IS NULL
   OR g.name <> n.name
   OR g.detail <> n.detail
ORDER BY n.kind, n.county, n.code
LIMIT 500
