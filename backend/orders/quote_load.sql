-- Facts for a quote: every offer asked for as it stands now, and the freight rules that reach the destination. Reads without locks.
WITH wanted AS (
    SELECT DISTINCT l.offer_county AS county, l.offer_id
    FROM jsonb_to_recordset(:body::jsonb -> 'lines') AS l (offer_county text, offer_id uuid)
), offered AS MATERIALIZED (
    SELECT w.county, o.shop_id, o.facts
    FROM wanted AS w
    CROSS JOIN LATERAL (
        SELECT o.shop_id, o.facts
        FROM orders_offers AS o
        WHERE o.county = w.county
          AND o.offer_id = w.offer_id
        LIMIT 1
    ) AS o
), freight AS (
    SELECT f.facts
    FROM (SELECT DISTINCT county, shop_id FROM offered) AS s
    JOIN orders_freights AS f ON f.county = s.county AND f.shop_id = s.shop_id
    WHERE starts_with(:destination_code::text, f.destination)
)
SELECT :destination_code::text AS destination_code,
       coalesce((SELECT json_agg(facts) FROM offered), '[]') AS offers,
       coalesce((SELECT json_agg(facts) FROM freight), '[]') AS freights
