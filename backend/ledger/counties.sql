-- Counties that have a ledger.
SELECT a.code
FROM areas AS a
WHERE a.kind = 'county'
  AND EXISTS (SELECT 1
              FROM transfers AS t
              WHERE t.county = a.code)
ORDER BY a.code
