-- The published heads of a county's seals, newest first: whoever keeps them can prove the ledger later.
SELECT s.county,
       s.number,
       s.previous_head,
       s.head,
       s.transfers_count,
       s.records_count,
       s.sealed_at,
       s.number::text AS cursor
FROM seals AS s
WHERE s.county = :county
  AND (:cursor::text IS NULL OR s.number < :cursor::bigint)
ORDER BY s.number DESC
LIMIT :limit::int
