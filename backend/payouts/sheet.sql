-- The payout sheet of a batch: whom it pays how much, a row each, for the file and for signing.
SELECT i.county || '-' || i.id AS item_id,
       i.payee_kind,
       i.payee_masked AS payee,
       i.account_masked AS account,
       i.amount_fen,
       i.state,
       i.result_on,
       i.evidence,
       i.returned_reason AS reason,
       b.title AS batch_title,
       b.state AS batch_state,
       i.id::text AS cursor
FROM payout_batches AS b
JOIN payout_items AS i
  ON i.county = b.county
 AND i.batch_id = b.id
WHERE b.county = :batch_county
  AND b.id = :batch_id::uuid
  AND area_within(b.county, :actor_areas::text[])
  AND (:cursor::uuid IS NULL OR i.id > :cursor::uuid)
ORDER BY i.id
LIMIT :limit::bigint
