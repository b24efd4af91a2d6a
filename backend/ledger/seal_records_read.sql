-- The records a seal covers beside transfers, a row a kind: what was sealed, and as many as are there now after the last of the seal before:
-- one that was put in pushes the last out, one that is gone draws the next in.
SELECT r.kind,
       r.records_count,
       encode(sha256(r.digests), 'hex') AS digest,
       r.records_count = found.records_count AND r.record_ids = found.record_ids AND r.digests = found.digests AS holds
FROM seal_records AS r
LEFT JOIN LATERAL (
    SELECT p.written_to, p.record_to
    FROM seal_records AS p
    WHERE p.county = r.county
      AND p.kind = r.kind
      AND p.seal_number < r.seal_number
    ORDER BY p.seal_number DESC
    LIMIT 1
) AS since
       ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS records_count, array_agg(there.id) AS record_ids, string_agg(there.digest, ''::bytea) AS digests
    FROM (SELECT n.id, sha256(n.canonical) AS digest
          FROM ledger_records AS n
          WHERE n.kind = r.kind
            AND n.county = r.county
            AND (n.written_by, n.id) > (coalesce(since.written_to, '0'), coalesce(since.record_to, '00000000-0000-0000-0000-000000000000'))
          ORDER BY n.written_by, n.id
          LIMIT r.records_count) AS there
) AS found
WHERE r.county = :county
  AND r.seal_number = :number::bigint
ORDER BY r.kind
