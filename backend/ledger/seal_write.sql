-- Writes a seal and which transfers it covers, in the order they were hashed.
WITH sealed AS (
    INSERT INTO seals (county, number, previous_head, head, transfers_count, sealed_at)
    VALUES (:county, :number::bigint, :previous_head, :head, :transfers_count::int, :sealed_at::timestamptz)
)
INSERT INTO seal_transfers (county, transfer_id, seal_number, position)
SELECT :county, t.id, :number::bigint, t.position
FROM unnest(:transfer_ids::uuid[]) WITH ORDINALITY AS t (id, position)
