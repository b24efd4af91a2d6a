-- Proposes a batch of all that is payable in a county up to a day, and hangs out its public notice. What a payee owes is always taken
-- along, whatever its day: else a payment could exceed his account. Dues are locked in id order, so that two proposals do not share one.
-- What was taken from an account meanwhile, by a refund or a claw-back, is not among the dues seen here: the account says so, and the
-- proposal starts over.
WITH county AS MATERIALIZED (
    SELECT a.code, a.name
    FROM areas AS a
    WHERE a.code = :county
      AND a.kind = 'county'
      AND area_within(a.code, :actor_areas::text[])
), payable AS MATERIALIZED (
    SELECT d.county, d.id, d.payee_kind, d.payee_id, d.amount_fen
    FROM dues AS d
    JOIN county
      ON d.county = county.code
    WHERE d.county = :county
      AND d.state = 'payable'
      AND (d.amount_fen < 0 OR (d.payable_at AT TIME ZONE 'Asia/Shanghai')::date <= coalesce(:up_to::date, :today::date))
      AND (:payees::text IS NULL OR d.payee_kind = ANY (CASE :payees
                                                         WHEN 'households' THEN ARRAY['household']
                                                         WHEN 'suppliers' THEN ARRAY['supplier']
                                                         WHEN 'shops' THEN ARRAY['shop', 'freight']
                                                         ELSE ARRAY['platform'] END))
    ORDER BY d.id
    FOR UPDATE OF d
), payee AS MATERIALIZED (
    SELECT county, gen_random_uuid() AS item_id, payee_kind, payee_id, sum(amount_fen)::bigint AS amount_fen
    FROM payable
    GROUP BY county, payee_kind, payee_id
    HAVING sum(amount_fen) > 0
), item AS MATERIALIZED (
    SELECT payee.county, payee.item_id, payee.payee_kind, payee.payee_id, payee.amount_fen,
           coalesce(h.head_name_masked, s.name, o.name, '平台服务费') AS payee_masked,
           coalesce(h.payee_account_masked, s.payee_account_masked) AS account_masked,
           coalesce(h.area_code, s.area_code, o.area_code, payee.county) AS area_code
    FROM payee
    LEFT JOIN households AS h
           ON h.county = payee.county
          AND h.id = payee.payee_id
          AND payee.payee_kind = 'household'
    LEFT JOIN suppliers AS s
           ON s.county = payee.county
          AND s.id = payee.payee_id
          AND payee.payee_kind = 'supplier'
    LEFT JOIN shops AS o
           ON o.county = payee.county
          AND o.id = payee.payee_id
          AND payee.payee_kind IN ('shop', 'freight')
), account AS MATERIALIZED (
    SELECT b.county, b.holder_id, b.balance_fen
    FROM payee
    JOIN balances AS b
      ON b.county = payee.county
     AND b.kind IN ('household_payable', 'cooperative', 'supplier_payable')
     AND b.holder_id = payee.payee_id
    WHERE payee.payee_kind IN ('household', 'supplier')
    ORDER BY b.holder_id
    FOR SHARE OF b
), short AS MATERIALIZED (
    SELECT payee.payee_id
    FROM payee
    JOIN account
      ON account.county = payee.county
     AND account.holder_id = payee.payee_id
    LEFT JOIN dues AS d
           ON d.county = payee.county
          AND d.payee_kind = payee.payee_kind
          AND d.payee_id = payee.payee_id
          AND d.state = 'in_batch'
    GROUP BY payee.payee_id, payee.amount_fen
    HAVING payee.amount_fen + coalesce(sum(d.amount_fen), 0) > max(account.balance_fen)
), total AS MATERIALIZED (
    SELECT sum(amount_fen)::bigint AS total_fen, count(*)::int AS items_count, :new_id::uuid AS publicity_id
    FROM item
    HAVING count(*) > 0
), line AS MATERIALIZED (
    SELECT jsonb_agg(jsonb_build_object('area_code', item.area_code, 'area', a.name, 'payee_kind', item.payee_kind,
                                        'payee', item.payee_masked, 'amount_fen', item.amount_fen)
                     ORDER BY item.area_code, item.payee_kind, item.payee_masked, item.item_id) AS content
    FROM item
    JOIN areas AS a
      ON a.code = item.area_code
), notice AS (
    INSERT INTO publicities (county, id, kind, subject_kind, subject_id, area_code, title, content, starts_at, ends_at, released_by, created_at)
    SELECT county.code, total.publicity_id, 'payout', 'payout_batches', :new_id::uuid, county.code, :title, line.content,
           :now::timestamptz, :now::timestamptz + make_interval(secs => greatest(:period_publicity_s::double precision, 0.001)),
           :actor_id::uuid, :now::timestamptz
    FROM county
    CROSS JOIN total
    CROSS JOIN line
    RETURNING ends_at
), batch AS (
    INSERT INTO payout_batches (county, id, title, total_fen, items_count, publicity_id, proposed_by, proposed_at)
    SELECT county.code, :new_id::uuid, :title, total.total_fen, total.items_count, total.publicity_id, :actor_id::uuid, :now::timestamptz
    FROM county
    CROSS JOIN total
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, amount_fen)
    SELECT county.code, gen_random_uuid(), :now::timestamptz, 'payout_batch', :new_id::uuid, 'proposed', total.total_fen
    FROM county
    CROSS JOIN total
), listed AS (
    INSERT INTO payout_items (county, id, batch_id, payee_kind, payee_id, payee_masked, account_masked, amount_fen)
    SELECT county, item_id, :new_id::uuid, payee_kind, payee_id, payee_masked, account_masked, amount_fen
    FROM item
), taken AS (
    UPDATE dues AS d
    SET state = 'in_batch',
        payout_item_id = payee.item_id
    FROM payable
    JOIN payee
      ON payee.county = payable.county
     AND payee.payee_kind = payable.payee_kind
     AND payee.payee_id = payable.payee_id
    WHERE d.county = payable.county
      AND d.id = payable.id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'payout_batch_proposed', county.code, 'payout_batches', :new_id::uuid,
           jsonb_build_object('total_fen', total.total_fen, 'items_count', total.items_count), :request_id
    FROM county
    CROSS JOIN total
)
SELECT CASE WHEN EXISTS (SELECT 1 FROM short) THEN 'plan-stale' WHEN total.items_count IS NULL THEN 'conflict' END AS problem,
       CASE WHEN total.items_count IS NULL THEN '' END AS problem_pointer,
       CASE WHEN total.items_count IS NULL THEN 'nothing is payable' END AS problem_message,
       county.code || '-' || :new_id AS batch_id,
       :title AS title,
       'proposed' AS state,
       total.total_fen,
       total.items_count,
       county.code || '-' || total.publicity_id AS publicity_id,
       notice.ends_at AS notice_ends_at
FROM county
LEFT JOIN total
       ON true
LEFT JOIN notice
       ON true
