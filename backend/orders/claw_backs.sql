-- Who kept money of a finding's order, what of it is payable now, and what was proposed and decided about it.
SELECT f.county || '-' || f.id AS finding_id,
       f.county || '-' || f.subject_id AS order_id,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'household_id', k.county || '-' || k.household_id, 'head', h.head_name_masked, 'kept_fen', k.kept_fen,
                   'payable_fen', k.payable_fen) ORDER BY k.kept_fen DESC, k.household_id), '[]')
        FROM orders_kept AS k
        JOIN households AS h
          ON h.county = k.county
         AND h.id = k.household_id
        WHERE k.county = f.county
          AND k.order_id = f.subject_id) AS households,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'claw_back_id', c.county || '-' || c.id, 'household_id', c.county || '-' || c.household_id, 'head', h.head_name_masked,
                   'amount_fen', c.amount_fen, 'reason', c.reason, 'state', c.state, 'proposed_by', c.proposed_by,
                   'proposed_by_name', proposer.display_name, 'proposed_at', c.proposed_at, 'decided_by_name', decider.display_name,
                   'decided_at', c.decided_at, 'answer', c.answer) ORDER BY c.proposed_at, c.id), '[]')
        FROM claw_backs AS c
        JOIN households AS h
          ON h.county = c.county
         AND h.id = c.household_id
        LEFT JOIN accounts_names AS proposer
               ON proposer.id = c.proposed_by
        LEFT JOIN accounts_names AS decider
               ON decider.id = c.decided_by
        WHERE c.county = f.county
          AND c.finding_id = f.id) AS claw_backs
FROM findings AS f
WHERE f.county = :finding_county
  AND f.id = :finding_id::uuid
  AND f.class = 'paid_then_refunded'
  AND area_within(f.area_code, :actor_areas::text[])
