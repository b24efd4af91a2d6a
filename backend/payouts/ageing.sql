-- How long money has been owed in a county, by kind of payee: what is payable and in no batch, by the days since it became payable, and what
-- stands in a batch that the bank has not answered.
WITH scope AS MATERIALIZED (
    SELECT a.code AS county
    FROM areas AS a
    WHERE a.code = :county
      AND a.kind = 'county'
      AND area_within(a.code, :actor_areas::text[])
), aged AS MATERIALIZED (
    SELECT d.payee_kind, d.payee_id, d.amount_fen, d.payable_at, :today::date - (d.payable_at AT TIME ZONE 'Asia/Shanghai')::date AS days
    FROM dues AS d
    JOIN scope
      ON d.county = scope.county
    WHERE d.county = :county
      AND d.state = 'payable'
), owed AS MATERIALIZED (
    SELECT payee_kind,
           count(DISTINCT payee_id) AS payees_count,
           sum(amount_fen)::bigint AS payable_fen,
           coalesce(sum(amount_fen) FILTER (WHERE days <= 7), 0)::bigint AS week_fen,
           coalesce(sum(amount_fen) FILTER (WHERE days BETWEEN 8 AND 30), 0)::bigint AS month_fen,
           coalesce(sum(amount_fen) FILTER (WHERE days BETWEEN 31 AND 90), 0)::bigint AS quarter_fen,
           coalesce(sum(amount_fen) FILTER (WHERE days > 90), 0)::bigint AS older_fen,
           (min(payable_at) FILTER (WHERE amount_fen > 0) AT TIME ZONE 'Asia/Shanghai')::date AS oldest_on
    FROM aged
    GROUP BY payee_kind
), batched AS MATERIALIZED (
    SELECT i.payee_kind, sum(i.amount_fen)::bigint AS in_batch_fen
    FROM payout_batches AS b
    JOIN payout_items AS i
      ON i.county = b.county
     AND i.batch_id = b.id
    JOIN scope
      ON b.county = scope.county
    WHERE b.county = :county
      AND b.state IN ('proposed', 'approved')
      AND i.state IN ('proposed', 'approved')
    GROUP BY i.payee_kind
)
SELECT kind.payee_kind,
       coalesce(owed.payees_count, 0) AS payees_count,
       coalesce(owed.payable_fen, 0) AS payable_fen,
       coalesce(owed.week_fen, 0) AS week_fen,
       coalesce(owed.month_fen, 0) AS month_fen,
       coalesce(owed.quarter_fen, 0) AS quarter_fen,
       coalesce(owed.older_fen, 0) AS older_fen,
       owed.oldest_on,
       coalesce(batched.in_batch_fen, 0) AS in_batch_fen,
       NULL::text AS cursor
FROM scope
CROSS JOIN unnest(ARRAY['household', 'supplier', 'shop', 'freight', 'platform']) WITH ORDINALITY AS kind (payee_kind, place)
LEFT JOIN owed
       ON owed.payee_kind = kind.payee_kind
LEFT JOIN batched
       ON batched.payee_kind = kind.payee_kind
ORDER BY kind.place
LIMIT :limit::int
