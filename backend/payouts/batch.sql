-- One batch with its items, its notice and the objections to it.
SELECT b.county || '-' || b.id AS batch_id,
       b.county,
       (SELECT a.name FROM areas AS a WHERE a.code = b.county) AS county_name,
       b.title,
       b.state,
       b.total_fen,
       b.items_count,
       b.proposed_at,
       b.approved_at,
       b.paid_at,
       b.proposed_by = :actor_id::uuid AS proposed_by_you,
       (SELECT who.display_name FROM accounts AS who WHERE who.id = b.proposed_by) AS proposed_by,
       (SELECT who.display_name FROM accounts AS who WHERE who.id = b.approved_by) AS approved_by,
       (SELECT coalesce(sum(i.amount_fen), 0)::bigint
        FROM payout_items AS i
        WHERE i.county = b.county
          AND i.batch_id = b.id
          AND i.state = 'paid') AS paid_fen,
       (SELECT jsonb_build_object('publicity_id', p.county || '-' || p.id, 'title', p.title, 'starts_at', p.starts_at,
                                  'ends_at', p.ends_at, 'ended', p.ends_at <= :now::timestamptz, 'withdrawn_at', p.withdrawn_at)
        FROM publicities AS p
        WHERE p.county = b.county
          AND p.id = b.publicity_id) AS notice,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('objection_id', o.county || '-' || o.id, 'words', o.words, 'raised_at', o.raised_at,
                                                     'answer', o.answer, 'upheld', o.upheld, 'answered_at', o.answered_at)
                                  ORDER BY o.raised_at, o.id), '[]')
        FROM objections AS o
        WHERE o.county = b.county
          AND o.publicity_id = b.publicity_id) AS objections,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('item_id', i.county || '-' || i.id, 'payee_kind', i.payee_kind, 'payee', i.payee_masked,
                                                     'account', i.account_masked, 'amount_fen', i.amount_fen, 'state', i.state,
                                                     'result_on', i.result_on, 'evidence', i.evidence, 'reason', i.returned_reason)
                                  ORDER BY i.payee_kind, i.payee_masked, i.id), '[]')
        FROM payout_items AS i
        WHERE i.county = b.county
          AND i.batch_id = b.id) AS items,
       b.version
FROM payout_batches AS b
WHERE b.county = :batch_county
  AND b.id = :batch_id::uuid
  AND area_within(b.county, :actor_areas::text[])
