-- The last seal of each county.
SELECT DISTINCT ON (s.county) s.county, s.number, s.head
FROM seals AS s
ORDER BY s.county, s.number DESC
