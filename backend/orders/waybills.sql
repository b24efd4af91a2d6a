-- What the carrier must know, in full: only of parcels still to be delivered, and each look is on record before it is answered.
WITH wanted AS MATERIALIZED (
    SELECT DISTINCT w.order_id
    FROM jsonb_to_recordset(:body::jsonb -> 'orders') AS w (order_county text, order_id uuid)
    WHERE w.order_county = :shop_county
), parcel AS MATERIALIZED (
    SELECT o.county, o.id, o.recipient, o.phone, o.destination_code, o.street, o.paid_at, o.shop_id,
           row_number() OVER (ORDER BY o.paid_at, o.id) AS place
    FROM wanted
    JOIN orders AS o ON o.county = :shop_county AND o.id = wanted.order_id
    WHERE o.shop_id = :shop_id::uuid
      AND o.shop_id = ANY (:actor_organisations::uuid[])
      AND o.state IN ('paid', 'shipped')
), noted AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'recipient_revealed', county, 'orders', id, 'waybill', :request_id
    FROM parcel
), asked AS (
    SELECT EXISTS (SELECT 1
                   FROM jsonb_to_recordset(:body::jsonb -> 'orders') AS w (order_county text, order_id uuid)
                   WHERE NOT EXISTS (SELECT 1
                                     FROM orders AS o
                                     WHERE o.county = w.order_county
                                       AND o.county = :shop_county
                                       AND o.id = w.order_id
                                       AND o.shop_id = :shop_id::uuid
                                       AND o.shop_id = ANY (:actor_organisations::uuid[]))) AS lacks_some
)
SELECT CASE WHEN asked.lacks_some THEN 'not-found' END AS problem,
       o.county || '-' || o.id AS order_id,
       o.recipient,
       o.phone,
       o.destination_code,
       d.names AS destination_names,
       o.street,
       s.name AS sender_name,
       st.name AS sender_station,
       v.name AS sender_village,
       n.lines
FROM asked
LEFT JOIN parcel AS o
       ON NOT asked.lacks_some
LEFT JOIN shops AS s
  ON s.county = o.county
 AND s.id = o.shop_id
LEFT JOIN stations AS st
  ON st.county = s.county
 AND st.id = s.station_id
LEFT JOIN areas AS v
  ON v.code = s.area_code
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(a.name ORDER BY length(a.code)), '[]') AS names
    FROM unnest(ARRAY[2, 4, 6, 9, 12]) AS digits
    JOIN areas AS a
      ON a.code = left(o.destination_code, digits)
    WHERE digits <= length(o.destination_code)) AS d
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('name', l.name, 'packs', l.served_packs - l.refunded_packs) ORDER BY l.position) AS lines
    FROM order_lines AS l
    WHERE l.county = o.county
      AND l.order_id = o.id) AS n
WHERE asked.lacks_some
   OR o.id IS NOT NULL
ORDER BY o.place
