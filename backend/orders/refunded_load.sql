-- Facts for a refund that a provider reports. All numbers of the same money are locked: of two reports at once the later sees the first.
WITH named AS MATERIALIZED (
    SELECT f.provider, f.payment_reference, coalesce(f.repeats, f.reference) AS first_reference
    FROM refunds AS f
    WHERE f.provider = :provider
      AND f.reference = :reference
), same AS MATERIALIZED (
    SELECT f.reference, f.payment_reference, f.state, f.amount_fen, f.county, f.order_id
    FROM refunds AS f
    JOIN named
      ON named.provider = f.provider
     AND named.payment_reference = f.payment_reference
     AND named.first_reference = coalesce(f.repeats, f.reference)
    ORDER BY f.reference
    FOR UPDATE OF f
)
SELECT f.payment_reference,
       f.state AS refund_state,
       f.amount_fen,
       f.county,
       f.order_id,
       s.area_code,
       (SELECT bool_or(same.state = 'done') FROM same) AS is_given,
       md5(:provider || ' ' || :transaction_id)::uuid AS movement_id,
       (SELECT t.result FROM provider_transactions AS t
        WHERE t.provider = :provider AND t.transaction_id = :transaction_id) AS known_result
FROM same AS f
LEFT JOIN orders AS o ON o.county = f.county AND o.id = f.order_id
LEFT JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
WHERE f.reference = :reference
