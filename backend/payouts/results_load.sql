-- What the bank's results are about: the items named, their payees' accounts, and what a shop among them owes.
WITH batch AS MATERIALIZED (
    SELECT b.county, b.id, b.state, (b.approved_at AT TIME ZONE 'Asia/Shanghai')::date AS approved_on
    FROM payout_batches AS b
    WHERE b.county = :batch_county
      AND b.id = :batch_id::uuid
      AND area_within(b.county, :actor_areas::text[])
), named AS MATERIALIZED (
    SELECT DISTINCT (r ->> 'item_id')::uuid AS item_id
    FROM jsonb_array_elements(:body::jsonb -> 'items') AS r
), item AS MATERIALIZED (
    SELECT i.county, i.id, i.payee_kind, i.payee_id, i.amount_fen, i.state,
           CASE i.payee_kind
               WHEN 'household' THEN 'household_payable'
               WHEN 'supplier' THEN CASE WHEN s.kind = 'cooperative' THEN 'cooperative' ELSE 'supplier_payable' END
               WHEN 'platform' THEN 'platform_fee'
               ELSE i.payee_kind
           END AS account
    FROM batch
    JOIN payout_items AS i
      ON i.county = batch.county
     AND i.batch_id = batch.id
    JOIN named
      ON named.item_id = i.id
    LEFT JOIN suppliers AS s
           ON s.county = i.county
          AND s.id = i.payee_id
), shop_owes AS MATERIALIZED (
    SELECT e.county, e.holder_id, e.kind, sum(e.amount_fen)::bigint AS owed_fen
    FROM (SELECT county, debit_holder AS holder_id, debit_kind AS kind, amount_fen
          FROM entries
          WHERE county = :batch_county
            AND debit_kind IN ('shop_receivable', 'goods_bought')
          UNION ALL
          SELECT county, credit_holder, credit_kind, -amount_fen
          FROM entries
          WHERE county = :batch_county
            AND credit_kind IN ('shop_receivable', 'goods_bought')) AS e
    JOIN item
      ON item.county = e.county
     AND item.payee_id = e.holder_id
     AND item.payee_kind = 'shop'
    GROUP BY e.county, e.holder_id, e.kind
)
SELECT batch.state,
       batch.approved_on,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'item_id', item.id, 'account', item.account, 'payee_id', item.payee_id, 'amount_fen', item.amount_fen, 'state', item.state,
                   'balance_fen', coalesce(b.balance_fen, 0),
                   'receivable_fen', coalesce(receivable.owed_fen, 0), 'bought_fen', coalesce(bought.owed_fen, 0))), '[]')
        FROM item
        LEFT JOIN balances AS b
               ON b.county = item.county
              AND b.kind::text = item.account
              AND b.holder_id = item.payee_id
        LEFT JOIN shop_owes AS receivable
               ON receivable.county = item.county
              AND receivable.holder_id = item.payee_id
              AND receivable.kind = 'shop_receivable'
        LEFT JOIN shop_owes AS bought
               ON bought.county = item.county
              AND bought.holder_id = item.payee_id
              AND bought.kind = 'goods_bought') AS items
FROM batch
