-- Purchase report of pairings: who is paired with the counties of an area, and what each bought there in a year within its days. Of a region:
-- what was sent there; of a unit: what it ordered. Two pairings may report the same order, so the rows are never summed.
WITH page AS MATERIALIZED (
    SELECT p.county, p.id, p.kind, p.helper_area_code, p.unit_county, p.unit_id, p.source,
           p.valid_from, p.valid_to, p.ended_at,
           greatest(p.valid_from, make_date(:year::int, 1, 1)) AS from_on,
           least(p.valid_to, make_date(:year::int + 1, 1, 1)) AS before_on
    FROM pairings AS p
    WHERE starts_with(p.county, :area)
      AND area_within(p.county, :actor_areas::text[])
      AND p.valid_from < make_date(:year::int + 1, 1, 1)
      AND (p.valid_to IS NULL OR p.valid_to > make_date(:year::int, 1, 1))
      AND (:cursor::uuid IS NULL OR p.id < :cursor::uuid)
    ORDER BY p.id DESC
    LIMIT :limit::int
), bought AS (
    SELECT page.county, page.id, count(*) AS orders_count, sum(o.goods_fen + o.freight_fen)::bigint AS paid_fen,
           sum(o.goods_fen + o.freight_fen) FILTER (WHERE o.received_at IS NOT NULL)::bigint AS delivered_fen,
           sum(o.refunded_fen)::bigint AS refunded_fen
    FROM page
    JOIN orders AS o
      ON o.county = page.county
     AND o.paid_on >= page.from_on
     AND o.paid_on < page.before_on
    LEFT JOIN unit_orders AS u
           ON u.county = o.county
          AND u.order_id = o.id
    WHERE CASE page.kind WHEN 'region' THEN starts_with(o.destination_code, page.helper_area_code)
                         ELSE u.unit_county = page.unit_county AND u.unit_id = page.unit_id END
    GROUP BY page.county, page.id
)
SELECT page.county || '-' || page.id AS pairing_id,
       page.county,
       c.name AS county_name,
       page.kind,
       page.helper_area_code,
       page.unit_county || '-' || page.unit_id AS unit_id,
       coalesce(h.name, u.name) AS helper_name,
       page.valid_from,
       page.valid_to,
       page.source,
       page.ended_at IS NOT NULL AS is_ended,
       :year::int AS year,
       coalesce(bought.orders_count, 0) AS orders_count,
       coalesce(bought.paid_fen, 0) AS paid_fen,
       coalesce(bought.delivered_fen, 0) AS delivered_fen,
       coalesce(bought.refunded_fen, 0) AS refunded_fen,
       page.id::text AS cursor
FROM page
JOIN areas AS c
  ON c.code = page.county
LEFT JOIN areas AS h
       ON h.code = page.helper_area_code
LEFT JOIN units AS u
       ON u.county = page.unit_county
      AND u.id = page.unit_id
LEFT JOIN bought
       ON bought.county = page.county
      AND bought.id = page.id
ORDER BY page.id DESC
