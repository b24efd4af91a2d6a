-- What was asked of the simulator under this reference.
SELECT y.amount_fen
FROM payments AS y
WHERE y.provider = 'simulator'
  AND y.reference = :reference
