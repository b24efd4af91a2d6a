-- Facts for asking a provider for the money of the purchase that a payment link opens.
SELECT p.id AS purchase_id,
       p.buyer_id,
       p.state,
       p.total_fen,
       p.deadline_at
FROM pay_links AS k
JOIN purchases AS p
  ON p.buyer_id = k.buyer_id
 AND p.id = k.purchase_id
WHERE k.code = :code
