-- What a seal covers, in its order; a transfer that is gone leaves a row of nulls.
SELECT t.id, t.kind, t.reference, (extract(epoch FROM t.posted_at) * 1000000)::bigint AS posted_us, t.made_by,
       e.position, e.debit_kind, e.debit_holder, e.credit_kind, e.credit_holder, e.amount_fen
FROM seal_transfers AS m
LEFT JOIN transfers AS t
       ON t.county = m.county
      AND t.id = m.transfer_id
LEFT JOIN entries AS e
       ON e.county = t.county
      AND e.transfer_id = t.id
WHERE m.county = :county
  AND m.seal_number = :number::bigint
ORDER BY m.position, e.position
