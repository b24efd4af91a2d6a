-- Facts for a checkout: every offer asked for as it stands now, the address, and the freight rules that reach it. Reads without locks.
WITH wanted AS (
    SELECT DISTINCT l.offer_county AS county, l.offer_id
    FROM jsonb_to_recordset(:body::jsonb -> 'lines') AS l (offer_county text, offer_id uuid)
), address AS (
    SELECT a.recipient, a.phone, a.area_code, a.street
    FROM addresses AS a
    WHERE a.buyer_id = :actor_id::uuid
      AND a.id = :address_id::uuid
    UNION ALL
    SELECT a.recipient, a.phone, a.area_code, a.street
    FROM jsonb_to_record(:body::jsonb -> 'address') AS a (recipient text, phone text, area_code text, street text)
    WHERE a.recipient IS NOT NULL
      AND :address_id::uuid IS NULL
), offered AS MATERIALIZED (
    /* One lookup a line: an estimate of a hundred lines would read whole tables instead. */
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
    JOIN address AS a ON starts_with(a.area_code, f.destination)
)
SELECT :period_payment_deadline_s::bigint AS payment_deadline_s,
       :period_phone_deadline_s::bigint AS phone_deadline_s,
       (SELECT to_json(address) FROM address) AS address,
       EXISTS (SELECT 1 FROM address AS a JOIN areas ON areas.code = a.area_code) AS area_known,
       coalesce((SELECT json_agg(facts) FROM offered), '[]') AS offers,
       coalesce((SELECT json_agg(facts) FROM freight), '[]') AS freights
