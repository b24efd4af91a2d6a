-- The county's last seal, and its last transfer: what comes after it in writing order is not sealed yet.
SELECT s.number, s.head, t.written_by::text AS written_by, t.id AS transfer_id
FROM seals AS s
LEFT JOIN LATERAL (
    SELECT m.transfer_id
    FROM seal_transfers AS m
    WHERE m.county = s.county
    ORDER BY m.seal_number DESC, m.position DESC
    LIMIT 1
) AS last
       ON true
LEFT JOIN transfers AS t
       ON t.county = s.county
      AND t.id = last.transfer_id
WHERE s.county = :county
ORDER BY s.number DESC
LIMIT 1
