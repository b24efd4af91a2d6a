-- What suppliers are found by (plan.named); one named meanwhile keeps what it has.
UPDATE suppliers AS s
SET name_index = n.name_index::text[]
FROM jsonb_to_recordset(:plan::jsonb -> 'named') AS n (county text, supplier_id uuid, name_index text)
WHERE s.county = n.county
  AND s.id = n.supplier_id
  AND s.name_index IS NULL
