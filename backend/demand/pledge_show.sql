-- One pledge for everyone, with its five figures.
WITH pledge AS MATERIALIZED (
    SELECT p.county, p.id, p.unit_id, p.amount_fen, p.valid_from, p.valid_to, p.area_code, p.words, p.pledged_at, p.withdrawn_at, p.version,
           u.name, m.duty
    FROM pledges AS p
    JOIN units AS u
      ON u.county = p.county
     AND u.id = p.unit_id
    LEFT JOIN unit_members AS m
           ON m.county = p.county
          AND m.unit_id = p.unit_id
          AND m.account_id = :actor_id::uuid
          AND m.ended_at IS NULL
    WHERE p.county = :pledge_county
      AND p.id = :pledge_id::uuid
), made AS MATERIALIZED (
    SELECT o.ordered_fen, o.paid_fen, o.delivered_fen, o.refunded_fen
    FROM pledge
    JOIN demand_orders AS o
      ON o.unit_county = pledge.county
     AND o.pledge_id = pledge.id
), figure AS (
    SELECT count(*) FILTER (WHERE ordered_fen > 0) AS orders_count, coalesce(sum(ordered_fen), 0)::bigint AS ordered_fen,
           coalesce(sum(paid_fen), 0)::bigint AS paid_fen, coalesce(sum(delivered_fen), 0)::bigint AS delivered_fen,
           coalesce(sum(refunded_fen), 0)::bigint AS refunded_fen
    FROM made
)
SELECT pledge.county || '-' || pledge.id AS pledge_id,
       pledge.county || '-' || pledge.unit_id AS unit_id,
       pledge.name AS unit_name,
       pledge.area_code,
       (SELECT a.name FROM areas AS a WHERE a.code = pledge.area_code) AS area_name,
       pledge.valid_from,
       pledge.valid_to,
       pledge.words,
       pledge.pledged_at,
       pledge.withdrawn_at IS NOT NULL AS withdrawn,
       pledge.amount_fen AS pledged_fen,
       figure.ordered_fen,
       figure.paid_fen,
       figure.delivered_fen,
       figure.refunded_fen,
       figure.orders_count,
       to_json(array_remove(ARRAY [CASE WHEN pledge.duty IS NOT NULL AND pledge.withdrawn_at IS NULL THEN 'withdraw' END], NULL)) AS may,
       pledge.version
FROM pledge
CROSS JOIN figure
