-- Who gives money in a county: what each promised and paid in, by its account in the ledger.
SELECT p.county || '-' || p.id AS payer_id,
       p.kind,
       p.name,
       coalesce(given.amount_fen, 0) AS given_fen,
       coalesce(received.amount_fen, 0) AS received_fen,
       p.id::text AS cursor
FROM payers AS p
LEFT JOIN LATERAL (
    SELECT sum(e.amount_fen)::bigint AS amount_fen
    FROM entries AS e
    WHERE e.county = p.county
      AND e.debit_kind = 'subsidy'
      AND e.debit_holder = p.id
) AS given ON true
LEFT JOIN LATERAL (
    SELECT sum(e.amount_fen)::bigint AS amount_fen
    FROM entries AS e
    WHERE e.county = p.county
      AND e.credit_kind = 'subsidy'
      AND e.credit_holder = p.id
) AS received ON true
WHERE p.county = :county::text
  AND area_within(p.county, :actor_areas::text[])
  AND (:cursor::uuid IS NULL OR p.id > :cursor::uuid)
ORDER BY p.id
LIMIT :limit::bigint
