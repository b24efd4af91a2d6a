-- Seals in the order of their chains, a page at a time.
SELECT s.county, s.number, s.previous_head, s.head, s.transfers_count, s.records_count, (extract(epoch FROM s.sealed_at) * 1000000)::bigint AS sealed_us
FROM seals AS s
WHERE (s.county, s.number) > (:county, :number::bigint)
ORDER BY s.county, s.number
LIMIT 500
