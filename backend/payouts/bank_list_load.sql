-- The payments of an approved batch that the bank has not answered, with names and accounts as they are sealed. A payment whose payee has another
-- account now than the batch was approved with is not for this file.
SELECT b.county,
       CASE WHEN b.title ~ '^[=+@-]' THEN '''' ELSE '' END || b.title AS title,
       b.state,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'item_id', i.id, 'payee_kind', i.payee_kind, 'payee_id', i.payee_id, 'payee', i.payee_masked, 'amount_fen', i.amount_fen,
                   'name_sealed', h.head_name_sealed,
                   'bank', coalesce(h.payee_bank, s.payee_bank),
                   'account_sealed', coalesce(h.payee_account_sealed, s.payee_account_sealed),
                   'account_changed', i.account_masked IS DISTINCT FROM coalesce(h.payee_account_masked, s.payee_account_masked))
                   ORDER BY i.payee_kind, i.payee_masked, i.id), '[]')
        FROM payout_items AS i
        LEFT JOIN households AS h
               ON h.county = i.county
              AND h.id = i.payee_id
              AND i.payee_kind = 'household'
        LEFT JOIN suppliers AS s
               ON s.county = i.county
              AND s.id = i.payee_id
              AND i.payee_kind = 'supplier'
        WHERE i.county = b.county
          AND i.batch_id = b.id
          AND i.state = 'approved') AS items
FROM payout_batches AS b
WHERE b.county = :batch_county
  AND b.id = :batch_id::uuid
  AND area_within(b.county, :actor_areas::text[])
