-- What does not hold in one county's books beside the chain, a row each: the record, what was found, what was expected.
WITH account AS MATERIALIZED (
    SELECT side.kind, side.holder_id, sum(side.amount_fen) AS balance_fen
    FROM (SELECT credit_kind AS kind, credit_holder AS holder_id, amount_fen
          FROM entries
          WHERE county = :county
          UNION ALL
          SELECT debit_kind, debit_holder, -amount_fen
          FROM entries
          WHERE county = :county) AS side
    GROUP BY side.kind, side.holder_id
), tagged AS MATERIALIZED (
    SELECT order_id, gross_fen
    FROM attribution_by_order
    WHERE county = :county
), sold AS MATERIALIZED (
    SELECT order_id, gross_fen
    FROM orders_sold
    WHERE county = :county
), escrow AS MATERIALIZED (
    SELECT side.order_id, sum(side.amount_fen) AS gross_fen
    FROM (SELECT credit_holder AS order_id, amount_fen
          FROM entries
          WHERE county = :county
            AND credit_kind = 'buyer_escrow'
            AND debit_kind IN ('gateway_clearing', 'subsidy')
          UNION ALL
          SELECT debit_holder, -amount_fen
          FROM entries
          WHERE county = :county
            AND debit_kind = 'buyer_escrow'
            AND credit_kind IN ('refund', 'subsidy')) AS side
    GROUP BY side.order_id
), owed AS MATERIALIZED (
    SELECT payee_id, amount_fen
    FROM payouts_owed_households
    WHERE county = :county
)
SELECT 'account ' || kind || ' ' || holder_id || ' is below zero' AS broken, balance_fen::text AS found, '0' AS expected
FROM account
WHERE balance_fen < 0
  AND kind::text = ANY (:floors::text[])
UNION ALL
SELECT 'balance ' || coalesce(b.kind::text, account.kind::text) || ' ' || coalesce(b.holder_id, account.holder_id)
       || ' is not the sum of its entries', coalesce(b.balance_fen, 0)::text, coalesce(account.balance_fen, 0)::text
FROM (SELECT kind, holder_id, balance_fen FROM balances WHERE county = :county) AS b
FULL JOIN (SELECT kind, holder_id, balance_fen FROM account WHERE kind::text = ANY (:kept::text[])) AS account
       ON account.kind = b.kind
      AND account.holder_id = b.holder_id
WHERE coalesce(b.balance_fen, 0) <> coalesce(account.balance_fen, 0)
UNION ALL
SELECT 'order ' || coalesce(sold.order_id, tagged.order_id) || ': attributions are not what its lines sold',
       coalesce(tagged.gross_fen, 0)::text, coalesce(sold.gross_fen, 0)::text
FROM sold
FULL JOIN tagged
       ON tagged.order_id = sold.order_id
WHERE coalesce(tagged.gross_fen, 0) <> coalesce(sold.gross_fen, 0)
UNION ALL
SELECT 'order ' || coalesce(sold.order_id, escrow.order_id) || ': the ledger is not what its lines sold',
       coalesce(escrow.gross_fen, 0)::text, coalesce(sold.gross_fen, 0)::text
FROM sold
FULL JOIN escrow
       ON escrow.order_id = sold.order_id
WHERE coalesce(escrow.gross_fen, 0) <> coalesce(sold.gross_fen, 0)
UNION ALL
SELECT 'household ' || coalesce(owed.payee_id, b.holder_id) || ': its dues are not what the ledger owes it',
       coalesce(owed.amount_fen, 0)::text, coalesce(b.balance_fen, 0)::text
FROM owed
FULL JOIN (SELECT holder_id, balance_fen FROM account WHERE kind = 'household_payable') AS b
       ON b.holder_id = owed.payee_id
WHERE coalesce(owed.amount_fen, 0) <> coalesce(b.balance_fen, 0)
UNION ALL
SELECT 'transfer ' || t.id || ': its business day is not the day it was posted', t.business_day::text,
       (t.posted_at AT TIME ZONE 'Asia/Shanghai')::date::text
FROM transfers AS t
WHERE t.county = :county
  AND t.business_day <> (t.posted_at AT TIME ZONE 'Asia/Shanghai')::date
UNION ALL
SELECT 'entry ' || e.position || ' of transfer ' || e.transfer_id || ': has no transfer', e.amount_fen::text, '0'
FROM entries AS e
LEFT JOIN transfers AS t
       ON t.county = e.county
      AND t.id = e.transfer_id
WHERE e.county = :county
  AND t.county IS NULL
UNION ALL
SELECT 'lot ' || lot_id || ': its contributions are not what it took in', contributed_qty::text, taken_in_qty::text
FROM intake_lot_sums
WHERE county = :county
  AND contributed_qty <> taken_in_qty
UNION ALL
SELECT 'transfer ' || m.transfer_id || ': its seal ' || m.seal_number || ' is gone', '', ''
FROM seal_transfers AS m
LEFT JOIN seals AS s
       ON s.county = m.county
      AND s.number = m.seal_number
WHERE m.county = :county
  AND s.county IS NULL
UNION ALL
SELECT r.kind || ' up to ' || r.record_to || ': their seal ' || r.seal_number || ' is gone', '', ''
FROM seal_records AS r
LEFT JOIN seals AS s
       ON s.county = r.county
      AND s.number = r.seal_number
WHERE r.county = :county
  AND s.county IS NULL
LIMIT 1
