-- The county's last seal, and its last transfer: what comes after it in writing order is not sealed yet.
SELECT s.number, s.head, t.written_by::text AS written_by, t.id AS transfer_id
FROM seals AS s
JOIN seal_transfers AS m
  ON m.county = s.county
 AND m.seal_number = s.number
 AND m.position = s.transfers_count
JOIN transfers AS t
  ON t.county = m.county
 AND t.id = m.transfer_id
WHERE s.county = :county
ORDER BY s.number DESC
LIMIT 1
