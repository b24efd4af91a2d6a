-- Facts for a refund that a provider reports.
SELECT f.payment_reference,
       f.state AS refund_state,
       f.amount_fen,
       f.county,
       f.order_id,
       s.area_code,
       (SELECT t.result FROM provider_transactions AS t
        WHERE t.provider = :provider AND t.transaction_id = :transaction_id) AS known_result
FROM refunds AS f
LEFT JOIN orders AS o ON o.county = f.county AND o.id = f.order_id
LEFT JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
WHERE f.provider = :provider
  AND f.reference = :reference
