-- Takes a provider's bill of a day and holds each line against what the provider had told us, and our day against the bill. Whatever is
-- not the same opens a finding, or stays with the one that is open for it; nothing is set right here.
WITH place AS MATERIALIZED (
    SELECT a.code AS county,
           :day::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS begins_at,
           (:day::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS ends_at
    FROM areas AS a
    WHERE a.code = :county
      AND a.kind = 'county'
      AND area_within(a.code, :actor_areas::text[])
), line AS MATERIALIZED (
    SELECT l.position::int AS position, l.transaction_id, l.reference, l.kind, l.amount_fen,
           row_number() OVER (PARTITION BY l.transaction_id ORDER BY l.position) > 1 AS repeated
    FROM ROWS FROM (jsonb_to_recordset(:body::jsonb -> 'lines') AS (transaction_id text, reference text, kind text, amount_fen bigint))
         WITH ORDINALITY AS l (transaction_id, reference, kind, amount_fen, position)
), told AS MATERIALIZED (
    SELECT t.transaction_id, t.reference, t.kind, t.amount_fen, t.result, t.happened_at
    FROM provider_transactions AS t
    JOIN (SELECT DISTINCT transaction_id FROM line) AS named
      ON named.transaction_id = t.transaction_id
    WHERE t.provider = :provider
    UNION
    SELECT t.transaction_id, t.reference, t.kind, t.amount_fen, t.result, t.happened_at
    FROM provider_transactions AS t
    CROSS JOIN place
    WHERE t.provider = :provider
      AND t.happened_at >= place.begins_at
      AND t.happened_at < place.ends_at
), asked AS MATERIALIZED (
    SELECT told.transaction_id, y.buyer_id, y.purchase_id, f.county, f.order_id
    FROM told
    LEFT JOIN LATERAL (
        SELECT f.payment_reference, f.county, f.order_id
        FROM refunds AS f
        WHERE f.provider = :provider
          AND f.reference = told.reference
          AND told.kind = 'refund'
        LIMIT 1
    ) AS f
           ON true
    LEFT JOIN LATERAL (
        SELECT y.buyer_id, y.purchase_id
        FROM payments AS y
        WHERE y.provider = :provider
          AND y.reference = coalesce(f.payment_reference, told.reference)
        LIMIT 1
    ) AS y
           ON true
), bought AS MATERIALIZED (
    SELECT asked.transaction_id, p.id AS purchase_id, p.counties
    FROM asked
    CROSS JOIN LATERAL (
        SELECT p.id, p.counties
        FROM purchases AS p
        WHERE p.buyer_id = asked.buyer_id
          AND p.id = asked.purchase_id
        LIMIT 1
    ) AS p
), ordered AS MATERIALIZED (
    SELECT o.purchase_id, (array_agg(o.id ORDER BY o.id))[1] AS order_id
    FROM orders AS o
    JOIN (SELECT DISTINCT purchase_id FROM bought) AS b
      ON b.purchase_id = o.purchase_id
    WHERE o.county = :county
    GROUP BY o.purchase_id
), ours AS MATERIALIZED (
    SELECT told.transaction_id, told.reference, told.kind, told.amount_fen, told.result IN ('payment_failed', 'refund_failed') AS failed,
           told.happened_at >= place.begins_at AND told.happened_at < place.ends_at AS is_of_day,
           CASE WHEN asked.county IS NULL THEN :county = ANY (bought.counties) ELSE asked.county = :county END AS is_of_county,
           CASE WHEN asked.county IS NULL THEN ordered.order_id WHEN asked.county = :county THEN asked.order_id END AS order_id
    FROM told
    CROSS JOIN place
    LEFT JOIN asked
           ON asked.transaction_id = told.transaction_id
    LEFT JOIN bought
           ON bought.transaction_id = told.transaction_id
    LEFT JOIN ordered
           ON ordered.purchase_id = bought.purchase_id
), held AS MATERIALIZED (
    SELECT line.position, line.transaction_id, line.reference, line.kind, line.amount_fen, ours.kind AS our_kind,
           ours.reference AS our_reference, CASE WHEN NOT ours.failed THEN ours.amount_fen END AS our_amount_fen, ours.order_id,
           ours.transaction_id IS NULL AS is_unknown,
           ours.transaction_id IS NOT NULL AND NOT coalesce(ours.is_of_county, true) AS is_elsewhere,
           array_remove(ARRAY[CASE WHEN line.repeated THEN 'repeated' END,
                              CASE WHEN ours.failed THEN 'failed_here' END,
                              CASE WHEN ours.kind <> line.kind THEN 'kind' END,
                              CASE WHEN ours.reference <> line.reference THEN 'reference' END,
                              CASE WHEN ours.amount_fen <> line.amount_fen THEN 'amount' END], NULL) AS differences
    FROM line
    LEFT JOIN ours
           ON ours.transaction_id = line.transaction_id
), seen AS MATERIALIZED (
    SELECT DISTINCT b.transaction_id
    FROM bill_lines AS b
    WHERE b.county = :county
      AND b.state IN ('matched', 'different')
      AND b.transaction_id IN (SELECT transaction_id FROM ours)
), unnamed AS MATERIALIZED (
    SELECT (SELECT count(*) FROM line)::int + row_number() OVER (ORDER BY ours.transaction_id)::int AS position,
           ours.transaction_id, ours.reference, ours.kind, ours.amount_fen, ours.order_id
    FROM ours
    WHERE ours.is_of_day
      AND ours.is_of_county
      AND NOT ours.failed
      AND ours.transaction_id NOT IN (SELECT transaction_id FROM line)
      AND ours.transaction_id NOT IN (SELECT transaction_id FROM seen)
), judged AS MATERIALIZED (
    SELECT md5(:new_id || ' line ' || position)::uuid AS id, position, transaction_id, reference, kind, amount_fen, our_kind, our_reference, our_amount_fen,
           differences, order_id,
           CASE WHEN is_unknown THEN 'missing_here' WHEN cardinality(differences) > 0 THEN 'different' ELSE 'matched' END AS state
    FROM held
    WHERE NOT is_elsewhere
    UNION ALL
    SELECT md5(:new_id || ' line ' || position)::uuid, position, transaction_id, reference, kind, NULL, kind, reference, amount_fen, '{}', order_id, 'missing_there'
    FROM unnamed
), open AS MATERIALIZED (
    SELECT b.transaction_id, b.state, (array_agg(b.finding_id ORDER BY b.id))[1] AS finding_id
    FROM bill_lines AS b
    JOIN findings AS f
      ON f.county = b.county
     AND f.id = b.finding_id
    WHERE b.county = :county
      AND f.state <> 'closed'
      AND b.transaction_id IN (SELECT transaction_id FROM judged)
    GROUP BY b.transaction_id, b.state
), told_of AS MATERIALIZED (
    SELECT judged.id, judged.position, judged.transaction_id, judged.reference, judged.kind, judged.amount_fen, judged.our_kind,
           judged.our_reference, judged.our_amount_fen, judged.state, judged.differences, judged.order_id,
           open.finding_id AS open_finding_id,
           CASE WHEN judged.state <> 'matched' THEN coalesce(open.finding_id, md5(:new_id || ' finding ' || judged.position)::uuid) END AS finding_id
    FROM judged
    LEFT JOIN open
           ON open.transaction_id = judged.transaction_id
          AND open.state = judged.state
), bill AS (
    INSERT INTO bills (county, id, provider, day, edition, digest, lines_count, matched_count, different_count, missing_here_count,
                       missing_there_count, elsewhere_count, paid_fen, refunded_fen, our_paid_fen, our_refunded_fen, taken_by, taken_at)
    SELECT place.county, :new_id::uuid, :provider, :day::date,
           1 + (SELECT count(*) FROM bills AS b WHERE b.county = :county AND b.provider = :provider AND b.day = :day::date),
           encode(sha256(convert_to((:body::jsonb -> 'lines')::text, 'UTF8')), 'hex'),
           (SELECT count(*) FROM line),
           count(*) FILTER (WHERE judged.state = 'matched'),
           count(*) FILTER (WHERE judged.state = 'different'),
           count(*) FILTER (WHERE judged.state = 'missing_here'),
           count(*) FILTER (WHERE judged.state = 'missing_there'),
           (SELECT count(*) FROM held WHERE is_elsewhere),
           coalesce(sum(judged.amount_fen) FILTER (WHERE judged.kind = 'payment'), 0),
           coalesce(sum(judged.amount_fen) FILTER (WHERE judged.kind = 'refund'), 0),
           (SELECT coalesce(sum(amount_fen), 0) FROM ours WHERE is_of_day AND is_of_county AND NOT failed AND kind = 'payment'),
           (SELECT coalesce(sum(amount_fen), 0) FROM ours WHERE is_of_day AND is_of_county AND NOT failed AND kind = 'refund'),
           :actor_id::uuid, :now::timestamptz
    FROM place
    LEFT JOIN judged
           ON true
    GROUP BY place.county
    RETURNING county, id, edition, lines_count, matched_count, different_count, missing_here_count, missing_there_count, elsewhere_count,
              paid_fen, refunded_fen, our_paid_fen, our_refunded_fen
), listed AS (
    INSERT INTO bill_lines (county, id, bill_id, position, transaction_id, reference, kind, amount_fen, our_kind, our_reference,
                            our_amount_fen, state, differences, order_id, finding_id)
    SELECT bill.county, t.id, bill.id, t.position, t.transaction_id, t.reference, t.kind, t.amount_fen, t.our_kind, t.our_reference,
           t.our_amount_fen, t.state, t.differences, t.order_id, t.finding_id
    FROM bill
    CROSS JOIN told_of AS t
), found AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, opened_at)
    SELECT bill.county, t.finding_id, 'not_reconciled', 'bill_' || t.state, bill.county, 'bill_lines', t.id,
           jsonb_strip_nulls(jsonb_build_object(
               'bill', jsonb_build_object('kind', 'bills', 'id', bill.county || '-' || bill.id, 'name', :day::text),
               'transaction_id', t.transaction_id, 'amount_fen', t.amount_fen, 'our_amount_fen', t.our_amount_fen,
               'order', CASE WHEN t.order_id IS NOT NULL
                             THEN jsonb_build_object('kind', 'orders', 'id', bill.county || '-' || t.order_id) END)),
           :now::timestamptz
    FROM bill
    CROSS JOIN told_of AS t
    WHERE t.state <> 'matched'
      AND t.open_finding_id IS NULL
    RETURNING county, id
), heard AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, md5(id || ' opened')::uuid, :now::timestamptz, 'finding', id, 'opened'
    FROM found
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT id, :now::timestamptz, :actor_id::uuid, 'bill_taken', county, 'bills', id,
           jsonb_build_object('provider', :provider, 'day', :day, 'different', different_count, 'missing_here', missing_here_count,
                              'missing_there', missing_there_count), :request_id
    FROM bill
)
SELECT bill.county || '-' || bill.id AS bill_id,
       bill.edition,
       bill.lines_count,
       bill.matched_count,
       bill.different_count,
       bill.missing_here_count,
       bill.missing_there_count,
       bill.elsewhere_count,
       bill.paid_fen,
       bill.refunded_fen,
       bill.our_paid_fen,
       bill.our_refunded_fen
FROM bill
