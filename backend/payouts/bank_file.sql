-- The payment list of an approved batch as CSV (with a mark, for spreadsheets): accounts stay masked, the bank knows payees by item.
SELECT chr(65279) || E'item_id,payee_kind,payee,account,amount_yuan,title\r\n' || (
           SELECT coalesce(string_agg(
                      i.county || '-' || i.id || ',' || i.payee_kind || ',"' || replace(i.payee_masked, '"', '""') || '",'
                      || coalesce('"' || i.account_masked || '"', '') || ','
                      || i.amount_fen / 100 || '.' || lpad((i.amount_fen % 100)::text, 2, '0')
                      || ',"' || CASE WHEN b.title ~ '^[=+@-]' THEN '''' ELSE '' END || replace(b.title, '"', '""') || '"' || E'\r\n', ''
                      ORDER BY i.payee_kind, i.payee_masked, i.id), '')
           FROM payout_items AS i
           WHERE i.county = b.county
             AND i.batch_id = b.id
             AND i.state IN ('approved', 'paid', 'returned')) AS file,
       CASE WHEN b.state NOT IN ('approved', 'paid') THEN 'wrong-state' END AS problem
FROM payout_batches AS b
WHERE b.county = :batch_county
  AND b.id = :batch_id::uuid
  AND area_within(b.county, :actor_areas::text[])
