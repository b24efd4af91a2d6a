-- A household's passbook: what it delivered, what it is owed, what it was paid. The newest two hundred of each.
SELECT h.county || '-' || h.id AS household_id,
       h.head_name_masked AS head,
       h.area_code,
       h.payee_account_masked AS account,
       (SELECT max(e.at)
        FROM audit_events AS e
        WHERE e.subject_id = h.id
          AND e.event = 'payee_accepted') AS account_changed_at,
       (SELECT jsonb_build_object('expected_fen', coalesce(sum(d.amount_fen) FILTER (WHERE d.state = 'expected'), 0),
                                  'payable_fen', coalesce(sum(d.amount_fen) FILTER (WHERE d.state IN ('payable', 'in_batch')), 0),
                                  'paid_fen', coalesce(sum(d.amount_fen) FILTER (WHERE d.state IN ('paid', 'confirmed', 'disputed')), 0))
        FROM dues AS d
        WHERE d.county = h.county
          AND d.payee_kind = 'household'
          AND d.payee_id = h.id) AS totals,
       (SELECT coalesce(jsonb_agg(row_to_json(delivery)), '[]')
        FROM (SELECT c.county || '-' || c.id AS contribution_id, c.delivered_on, p.name AS product, l.grade, c.quantity_qty, p.base_unit, c.mode,
                     c.price_rule, c.farm_gate_price_fen, c.price_qty, c.share_ppm, l.inspection, b.left_qty, o.name AS shop
              FROM contributions AS c
              JOIN lots AS l
                ON l.county = c.county
               AND l.id = c.lot_id
              JOIN products AS p
                ON p.county = l.county
               AND p.id = l.product_id
              JOIN shops AS o
                ON o.county = l.county
               AND o.id = l.shop_id
              LEFT JOIN contribution_balances AS b
                     ON b.county = c.county
                    AND b.contribution_id = c.id
              WHERE c.county = h.county
                AND c.household_id = h.id
              ORDER BY c.delivered_on DESC, c.id DESC
              LIMIT 200) AS delivery) AS deliveries,
       (SELECT coalesce(jsonb_agg(row_to_json(due)), '[]')
        FROM (SELECT d.county || '-' || d.id AS due_id, d.source_kind, d.income_kind, d.amount_fen, d.state, d.expected_on, d.payable_at, d.paid_at,
                     d.answered_at, a.quantity_qty, p.name AS product, t.title AS distribution, c.reason,
                     d.county || '-' || d.payout_item_id AS item_id
              FROM dues AS d
              LEFT JOIN attributions AS a
                     ON a.county = d.county
                    AND a.id = d.attribution_id
              LEFT JOIN products AS p
                     ON p.county = a.county
                    AND p.id = a.product_id
              LEFT JOIN orders_claw_back_reasons AS c
                     ON c.county = d.county
                    AND c.household_id = d.payee_id
                    AND c.attribution_id = d.attribution_id
              LEFT JOIN incomes_titles AS t
                     ON t.county = d.county
                    AND t.id = d.distribution_id
              WHERE d.county = h.county
                AND d.payee_kind = 'household'
                AND d.payee_id = h.id
              ORDER BY d.expected_on DESC, d.id DESC
              LIMIT 200) AS due) AS dues,
       (SELECT coalesce(jsonb_agg(row_to_json(payout)), '[]')
        FROM (SELECT i.county || '-' || i.id AS item_id, b.title, i.amount_fen, i.state, i.result_on, i.evidence, i.returned_reason AS reason,
                     i.account_masked AS account
              FROM payout_items AS i
              JOIN payout_batches AS b
                ON b.county = i.county
               AND b.id = i.batch_id
              WHERE i.county = h.county
                AND i.payee_kind = 'household'
                AND i.payee_id = h.id
                AND i.state <> 'withdrawn'
              ORDER BY b.proposed_at DESC, i.id DESC
              LIMIT 200) AS payout) AS payouts
FROM households AS h
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND (h.id = ANY (:actor_organisations::uuid[])
       OR h.helper_account_id = :actor_id::uuid
       OR area_within(h.area_code, :actor_areas::text[]))
