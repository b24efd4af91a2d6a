-- A county's month as the books have it now, in the order of the formula, with the edition that was handed in last: facts of a statement.
WITH county AS MATERIALIZED (
    SELECT c.code, c.name, :first::date AS first_on, (:first::date + interval '1 month')::date AS next_on,
           (:first::date + interval '1 month')::timestamp AT TIME ZONE 'Asia/Shanghai' AS ends_at
    FROM areas AS c
    WHERE c.code = :county::text
      AND c.kind = 'county'
      AND area_within(c.code, :actor_areas::text[])
), term AS MATERIALIZED (
    SELECT county.code, county.ends_at - make_interval(secs => :period_due_overdue_s::bigint) AS overdue_before,
           -- Ids of transfers begin with the time they were made: a day earlier is early enough, posted_at decides.
           (lpad(to_hex((extract(epoch FROM county.ends_at - interval '1 day') * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid AS first_id
    FROM county
), sold AS MATERIALIZED (
    SELECT coalesce(sum(m.sale_fen) FILTER (WHERE m.dimension = 'total'), 0)::bigint AS sale_fen,
           coalesce(sum(m.counted_fen) FILTER (WHERE m.dimension = 'total'), 0)::bigint AS counted_fen,
           coalesce(sum(m.refund_fen) FILTER (WHERE m.dimension = 'total'), 0)::bigint AS refund_fen,
           coalesce(sum(m.counted_refund_fen) FILTER (WHERE m.dimension = 'total'), 0)::bigint AS counted_refund_fen,
           coalesce(sum(m.due_fen) FILTER (WHERE m.dimension = 'total'), 0)::bigint AS due_fen,
           coalesce(sum(m.paid_fen) FILTER (WHERE m.dimension = 'total'), 0)::bigint AS paid_fen,
           count(*) FILTER (WHERE m.dimension = 'shop' AND m.sale_fen > 0) AS shops_count
    FROM county
    JOIN area_months AS m
      ON m.county = county.code
     AND m.level = 6
     AND m.dimension IN ('total', 'shop')
     AND m.area_code = county.code
     AND m.month = county.first_on
), later AS MATERIALIZED (
    SELECT e.county, side.holder_id, sum(side.amount_fen)::bigint AS amount_fen
    FROM county
    CROSS JOIN term
    JOIN transfers AS t
      ON t.county = county.code
     AND t.id >= term.first_id
     AND t.posted_at >= county.ends_at
    JOIN entries AS e
      ON e.county = t.county
     AND e.transfer_id = t.id
    CROSS JOIN LATERAL (VALUES (e.credit_kind, e.credit_holder, e.amount_fen), (e.debit_kind, e.debit_holder, -e.amount_fen))
        AS side (kind, holder_id, amount_fen)
    WHERE side.kind = 'household_payable'
    GROUP BY e.county, side.holder_id
), owed AS MATERIALIZED (
    SELECT coalesce(sum(b.balance_fen - coalesce(later.amount_fen, 0)), 0)::bigint AS owed_fen,
           count(*) FILTER (WHERE b.balance_fen > coalesce(later.amount_fen, 0)) AS households_count
    FROM county
    JOIN balances AS b
      ON b.county = county.code
     AND b.kind = 'household_payable'
    LEFT JOIN later
           ON later.county = b.county
          AND later.holder_id = b.holder_id
), unpaid AS MATERIALIZED (
    SELECT d.payee_id, d.amount_fen
    FROM term
    JOIN dues AS d
      ON d.county = term.code
     AND d.state = 'payable'
     AND d.payee_kind = 'household'
     AND d.payable_at < term.overdue_before
    UNION ALL
    SELECT d.payee_id, d.amount_fen
    FROM county
    CROSS JOIN term
    JOIN payout_batches AS b
      ON b.county = county.code
     AND b.state IN ('proposed', 'approved')
    JOIN payout_items AS i
      ON i.county = b.county
     AND i.batch_id = b.id
     AND i.payee_kind = 'household'
     AND i.state IN ('proposed', 'approved')
    JOIN dues AS d
      ON d.county = i.county
     AND d.payout_item_id = i.id
     AND d.payable_at < term.overdue_before
    UNION ALL
    SELECT d.payee_id, d.amount_fen
    FROM county
    CROSS JOIN term
    JOIN payout_items AS i
      ON i.county = county.code
     AND i.state = 'paid'
     AND i.result_on >= county.next_on
     AND i.payee_kind = 'household'
    JOIN dues AS d
      ON d.county = i.county
     AND d.payout_item_id = i.id
     AND d.payable_at < term.overdue_before
), overdue AS MATERIALIZED (
    SELECT coalesce(sum(u.amount_fen), 0)::bigint AS overdue_fen, count(DISTINCT u.payee_id) AS households_count
    FROM unpaid AS u
), household AS MATERIALIZED (
    SELECT DISTINCT h.county, h.household_id
    FROM county
    JOIN household_years AS h
      ON h.county = county.code
     AND h.year = extract(year FROM county.first_on)::smallint
     AND h.dimension = 'household'
     AND get_bit(h.months, extract(month FROM county.first_on)::int - 1) = 1
), person AS MATERIALIZED (
    SELECT count(*) AS persons_count
    FROM household
    CROSS JOIN county
    JOIN members AS m
      ON m.county = household.county
     AND m.household_id = household.household_id
     AND m.resident
     AND m.valid_from <= county.first_on + (county.next_on - 1 - county.first_on) / 2
     AND (m.valid_to IS NULL OR m.valid_to > county.first_on + (county.next_on - 1 - county.first_on) / 2)
), finding AS MATERIALIZED (
    SELECT count(*) FILTER (WHERE f.opened_at >= county.first_on::timestamp AT TIME ZONE 'Asia/Shanghai') AS opened_count,
           count(*) FILTER (WHERE f.closed_at >= county.first_on::timestamp AT TIME ZONE 'Asia/Shanghai' AND f.closed_at < county.ends_at) AS closed_count,
           count(*) FILTER (WHERE f.closed_at IS NULL OR f.closed_at >= county.ends_at) AS open_count,
           count(*) FILTER (WHERE (f.closed_at IS NULL OR f.closed_at >= county.ends_at) AND f.due_on < county.next_on) AS late_count
    FROM county
    JOIN findings AS f
      ON f.county = county.code
     AND f.opened_at < county.ends_at
), figure AS MATERIALIZED (
    SELECT f.name, f.value
    FROM sold
    CROSS JOIN owed
    CROSS JOIN overdue
    CROSS JOIN person
    CROSS JOIN finding
    CROSS JOIN LATERAL (VALUES
        ('line_gross_fen', sold.sale_fen), ('counted_gross_fen', sold.counted_fen), ('refunds_fen', sold.refund_fen),
        ('net_sales_fen', sold.sale_fen + sold.refund_fen), ('attributed_sales_fen', sold.counted_fen + sold.counted_refund_fen),
        ('due_fen', sold.due_fen), ('paid_fen', sold.paid_fen),
        ('owed_fen', owed.owed_fen), ('owed_households_count', owed.households_count),
        ('overdue_fen', overdue.overdue_fen), ('overdue_households_count', overdue.households_count),
        ('households_count', (SELECT count(*) FROM household)), ('persons_count', person.persons_count), ('shops_count', sold.shops_count),
        ('findings_opened_count', finding.opened_count), ('findings_closed_count', finding.closed_count),
        ('findings_open_count', finding.open_count), ('findings_late_count', finding.late_count)) AS f (name, value)
), edition AS MATERIALIZED (
    SELECT s.county, s.id, s.edition, s.state, s.hash, s.figures
    FROM county
    JOIN county_statements AS s
      ON s.county = county.code
     AND s.month = county.first_on
     AND s.state <> 'withdrawn'
), last AS MATERIALIZED (
    SELECT e.id, e.edition, e.hash, e.figures
    FROM edition AS e
    WHERE e.state = 'submitted'
    ORDER BY e.edition DESC
    LIMIT 1
)
SELECT county.code AS county,
       county.name AS county_name,
       to_char(county.first_on, 'YYYY-MM') AS month,
       county.ends_at <= :now::timestamptz AS is_over,
       EXISTS (SELECT 1 FROM attributions_waiting AS w WHERE w.county = :county)
       OR EXISTS (SELECT 1 FROM paid_waiting AS w WHERE w.county = :county) AS is_behind,
       :now::timestamptz AS as_of,
       coalesce((SELECT CASE WHEN r.attribution_fen = r.line_gross_fen AND r.line_gross_fen = r.ledger_fen THEN 'equal' ELSE 'different' END
                 FROM reconciliations AS r
                 WHERE r.county = :county), 'unknown') AS reconciled,
       (SELECT e.county || '-' || e.id FROM edition AS e WHERE e.state = 'prepared') AS prepared_id,
       (SELECT :county || '-' || last.id FROM last) AS last_id,
       coalesce((SELECT last.edition FROM last), 0) AS last_edition,
       (SELECT last.hash FROM last) AS last_hash,
       coalesce((SELECT last.figures FROM last), '[]') AS last_figures,
       (SELECT jsonb_agg(jsonb_build_object('name', d.name, 'level', d.level,
                                            'label', CASE WHEN :language = 'en' THEN d.name_en ELSE d.name_zh END,
                                            'meaning', CASE WHEN :language = 'en' THEN d.meaning_en ELSE d.meaning_zh END,
                                            'value', figure.value) ORDER BY d.position)
        FROM statement_figures AS d
        JOIN figure
          ON figure.name = d.name
        WHERE d.formula = 'statement 1') AS figures
FROM county
