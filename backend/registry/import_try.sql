-- The next file of a kind that waits, counted as begun before anything is read of it: one that kills its reader is not tried for ever.
UPDATE imports AS i
SET attempts = i.attempts + 1
FROM (SELECT w.county, w.id
      FROM imports AS w
      WHERE w.state = 'waiting'
        AND w.kind = :kind
      ORDER BY w.requested_at
      LIMIT 1
      FOR UPDATE SKIP LOCKED) AS next
WHERE i.county = next.county
  AND i.id = next.id
RETURNING i.county,
          i.id AS import_id
