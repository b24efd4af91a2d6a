-- Takes the next records of one kind into a seal, in writing order: only those no open transaction can still write something before.
WITH last AS MATERIALIZED (
    SELECT r.written_to, r.record_to
    FROM seal_records AS r
    WHERE r.county = :county
      AND r.kind = :kind
    ORDER BY r.seal_number DESC
    LIMIT 1
), next AS MATERIALIZED (
    SELECT n.id, n.written_by, sha256(n.canonical) AS digest
    FROM ledger_records AS n
    WHERE n.kind = :kind
      AND n.county = :county
      AND (n.written_by, n.id) > (coalesce((SELECT written_to FROM last), '0'),
                                  coalesce((SELECT record_to FROM last), '00000000-0000-0000-0000-000000000000'))
      AND n.written_by < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY n.written_by, n.id
    LIMIT 10000
)
INSERT INTO seal_records (county, seal_number, kind, records_count, record_ids, digests, written_to, record_to)
SELECT :county, :number::bigint, :kind, count(*), array_agg(id ORDER BY written_by, id),
       string_agg(digest, ''::bytea ORDER BY written_by, id),
       (array_agg(written_by ORDER BY written_by DESC, id DESC))[1], (array_agg(id ORDER BY written_by DESC, id DESC))[1]
FROM next
HAVING count(*) > 0
RETURNING records_count, encode(sha256(digests), 'hex') AS digest
