-- The first record of one kind in a seal that is not as it was sealed: its place, its id, and what happened to it.
WITH sealed AS MATERIALIZED (
    SELECT r.county, r.seal_number, r.kind, r.digests, r.written_to, r.record_to, s.id, s.place
    FROM seal_records AS r
    CROSS JOIN LATERAL unnest(r.record_ids) WITH ORDINALITY AS s (id, place)
    WHERE r.county = :county
      AND r.seal_number = :number::bigint
      AND r.kind = :kind
), since AS MATERIALIZED (
    SELECT r.written_to, r.record_to
    FROM seal_records AS r
    WHERE r.county = :county
      AND r.kind = :kind
      AND r.seal_number < :number::bigint
    ORDER BY r.seal_number DESC
    LIMIT 1
), there AS MATERIALIZED (
    SELECT n.id, sha256(n.canonical) AS digest
    FROM ledger_records AS n
    WHERE n.kind = :kind
      AND n.county = :county
      AND (n.written_by, n.id) > (coalesce((SELECT written_to FROM since), '0'),
                                  coalesce((SELECT record_to FROM since), '00000000-0000-0000-0000-000000000000'))
      AND (n.written_by, n.id) <= ((SELECT written_to FROM sealed LIMIT 1), (SELECT record_to FROM sealed LIMIT 1))
)
SELECT sealed.place::text AS place,
       coalesce(sealed.id, there.id) AS record_id,
       CASE WHEN there.id IS NULL THEN 'is gone'
            WHEN sealed.id IS NULL THEN 'was never sealed'
            ELSE 'is not what was sealed' END AS what
FROM sealed
FULL JOIN there
       ON there.id = sealed.id
WHERE sealed.id IS NULL
   OR there.id IS NULL
   OR there.digest <> substring(sealed.digests FROM (32 * sealed.place - 31)::int FOR 32)
ORDER BY sealed.place
LIMIT 1
