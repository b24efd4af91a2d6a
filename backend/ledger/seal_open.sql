-- The next transfers to seal in writing order: only those no open transaction can still write something before.
WITH next AS MATERIALIZED (
    SELECT t.county, t.id, t.kind, t.reference, t.posted_at, t.made_by, t.written_by
    FROM transfers AS t
    WHERE t.county = :county
      AND (t.written_by, t.id) > (:written_by::xid8, :transfer_id::uuid)
      AND t.written_by < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY t.written_by, t.id
    LIMIT 5000
)
SELECT next.id, next.kind, next.reference, (extract(epoch FROM next.posted_at) * 1000000)::bigint AS posted_us, next.made_by,
       e.position, e.debit_kind, e.debit_holder, e.credit_kind, e.credit_holder, e.amount_fen
FROM next
LEFT JOIN entries AS e
       ON e.county = next.county
      AND e.transfer_id = next.id
ORDER BY next.written_by, next.id, e.position
