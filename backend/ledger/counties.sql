-- Counties that have something to seal, and 000000 for what concerns no single one. Each asks for one row only, by the index of its county.
SELECT '000000' AS code
UNION ALL
SELECT a.code
FROM areas AS a
WHERE a.kind = 'county'
  AND coalesce((SELECT true
                FROM transfers AS t
                WHERE t.county = a.code
                ORDER BY t.id
                LIMIT 1),
               (SELECT true
                FROM ledger_records AS n
                WHERE n.county = a.code
                LIMIT 1),
               false)
ORDER BY code
