-- Pledges for everyone to see, newest first, each with five figures that are never summed: pledged, ordered, paid, delivered, refunded.
WITH page AS MATERIALIZED (
    SELECT p.county, p.id, p.unit_id, p.amount_fen, p.valid_from, p.valid_to, p.area_code, p.withdrawn_at, u.name
    FROM pledges AS p
    JOIN units AS u
      ON u.county = p.county
     AND u.id = p.unit_id
    WHERE (:cursor::uuid IS NULL OR p.id < :cursor::uuid)
      AND (:county::text IS NULL OR p.county = :county)
      AND (:unit_id::uuid IS NULL OR p.county = :unit_county AND p.unit_id = :unit_id::uuid)
    ORDER BY p.id DESC
    LIMIT :limit::int
), figure AS MATERIALIZED (
    SELECT o.pledge_id, count(*) FILTER (WHERE o.ordered_fen > 0) AS orders_count, sum(o.ordered_fen)::bigint AS ordered_fen,
           sum(o.paid_fen)::bigint AS paid_fen, sum(o.delivered_fen)::bigint AS delivered_fen, sum(o.refunded_fen)::bigint AS refunded_fen
    FROM page
    JOIN demand_orders AS o
      ON o.unit_county = page.county
     AND o.pledge_id = page.id
    GROUP BY o.pledge_id
)
SELECT page.county || '-' || page.id AS pledge_id,
       page.county || '-' || page.unit_id AS unit_id,
       page.name AS unit_name,
       a.name AS area_name,
       page.valid_from,
       page.valid_to,
       page.withdrawn_at IS NOT NULL AS withdrawn,
       page.amount_fen AS pledged_fen,
       coalesce(figure.ordered_fen, 0) AS ordered_fen,
       coalesce(figure.paid_fen, 0) AS paid_fen,
       coalesce(figure.delivered_fen, 0) AS delivered_fen,
       coalesce(figure.refunded_fen, 0) AS refunded_fen,
       coalesce(figure.orders_count, 0) AS orders_count,
       page.id::text AS cursor
FROM page
LEFT JOIN figure
       ON figure.pledge_id = page.id
LEFT JOIN areas AS a
       ON a.code = page.area_code
ORDER BY page.id DESC
