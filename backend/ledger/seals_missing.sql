-- Of the seals somebody kept, those that are not here with that head.
SELECT k.county, k.number
FROM jsonb_to_recordset(:heads::jsonb) AS k (county text, number bigint, head text)
WHERE NOT EXISTS (SELECT 1
                  FROM seals AS s
                  WHERE s.county = k.county
                    AND s.number = k.number
                    AND s.head = k.head)
ORDER BY k.county
