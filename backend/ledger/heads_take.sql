-- The newest head of a county's seals, to be taken down for this day; none when there is one already, or nothing was ever sealed.
SELECT s.number, s.head
FROM seals AS s
WHERE s.county = :county
  AND NOT EXISTS (SELECT 1
                  FROM day_heads AS d
                  WHERE d.county = :county
                    AND d.day = :today::date)
ORDER BY s.number DESC
LIMIT 1
