-- Whether the shop of a file is still open.
SELECT s.state = 'open' AS is_open
FROM shops AS s
WHERE s.county = :county
  AND s.id = :shop_id::uuid
