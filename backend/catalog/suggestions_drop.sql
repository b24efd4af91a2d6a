-- Shops that sell no longer are suggested no longer.
DELETE FROM suggestions AS g
WHERE g.kind = 'shop'
  AND NOT EXISTS (SELECT 1
                  FROM shops AS s
                  WHERE s.county = g.county
                    AND s.id = g.code::uuid
                    AND s.state = 'open')
