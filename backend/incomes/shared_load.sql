-- Facts for deciding on a distribution or seeing its money come in: its state, who is to get what, what the organisation still has.
SELECT d.county AS distribution_county,
       d.id AS distribution_id,
       d.state,
       d.source,
       d.income_kind,
       CASE s.kind WHEN 'cooperative' THEN 'cooperative' ELSE 'supplier_payable' END AS account,
       d.supplier_id,
       d.payer_id,
       d.proposed_by = :actor_id::uuid AS is_own,
       (SELECT coalesce(sum(o.amount_fen), 0)::bigint
        FROM dues AS o
        WHERE o.county = d.county
          AND o.payee_kind = 'supplier'
          AND o.payee_id = d.supplier_id
          AND o.state = 'payable') AS available_fen,
       (SELECT coalesce(json_agg(json_build_object('payee_kind', l.payee_kind, 'payee_id', l.payee_id, 'amount_fen', l.amount_fen,
                   'account', CASE WHEN l.payee_kind = 'household' THEN 'household_payable' ELSE 'supplier_payable' END)
                   ORDER BY l.payee_id), '[]')
        FROM distribution_lines AS l
        WHERE l.county = d.county
          AND l.distribution_id = d.id) AS lines
FROM distributions AS d
JOIN suppliers AS s
  ON s.county = d.county
 AND s.id = d.supplier_id
WHERE d.county = :distribution_county
  AND d.id = :distribution_id::uuid
  AND area_within(d.county, :actor_areas::text[])
