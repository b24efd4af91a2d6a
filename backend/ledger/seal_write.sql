-- Writes a seal and which transfers it covers, in the order they were hashed, with the chain's hash after each.
WITH sealed AS (
    INSERT INTO seals (county, number, previous_head, head, transfers_count, records_count, sealed_at)
    VALUES (:county, :number::bigint, :previous_head, :head, :transfers_count::int, :records_count::int, :sealed_at::timestamptz)
)
INSERT INTO seal_transfers (county, transfer_id, seal_number, position, link)
SELECT :county, t.id, :number::bigint, t.position, t.link
FROM unnest(:transfer_ids::uuid[], :links::bytea[]) WITH ORDINALITY AS t (id, link, position)
