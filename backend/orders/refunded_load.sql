-- Facts for a refund that a provider reports.
SELECT f.payment_reference,
       f.state AS refund_state,
       f.amount_fen,
       f.county,
       f.order_id,
       (SELECT t.result FROM provider_transactions AS t
        WHERE t.provider = :provider AND t.transaction_id = :transaction_id) AS known_result
FROM refunds AS f
WHERE f.provider = :provider
  AND f.reference = :reference
