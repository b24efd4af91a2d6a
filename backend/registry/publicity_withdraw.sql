-- Takes back the notice of a payout batch, in the transaction that withdraws the batch.
UPDATE publicities
SET withdrawn_at = :now::timestamptz
WHERE county = :batch_county
  AND subject_id = :batch_id::uuid
  AND subject_kind = 'payout_batches'
  AND withdrawn_at IS NULL
