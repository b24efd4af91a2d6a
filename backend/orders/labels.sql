-- Labels of the parcels that wait, or of those named: names and phones masked, since a label is read by everyone on its way and kept by many.
SELECT o.county || '-' || o.id AS order_id,
       o.state,
       masked_name(o.recipient) AS recipient,
       masked_phone(o.phone) AS phone,
       o.destination_code,
       (SELECT string_agg(a.name, '' ORDER BY a.code)
        FROM registry_area_names AS a
        WHERE a.code IN (left(o.destination_code, 2), left(o.destination_code, 4), left(o.destination_code, 6), left(o.destination_code, 9),
                         o.destination_code)) AS destination_name,
       o.carrier,
       o.waybill,
       o.paid_at,
       o.packed_at,
       s.name AS shop_name,
       v.name AS village_name,
       st.name AS station_name,
       n.lines,
       g.lots
FROM orders AS o
JOIN shops AS s
  ON s.county = o.county
 AND s.id = o.shop_id
JOIN stations AS st
  ON st.county = s.county
 AND st.id = s.station_id
JOIN areas AS v
  ON v.code = s.area_code
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('name', l.name, 'packs', l.served_packs - l.refunded_packs) ORDER BY l.position) AS lines
    FROM order_lines AS l
    WHERE l.county = o.county
      AND l.order_id = o.id) AS n
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(DISTINCT jsonb_build_object('lot_id', t.county || '-' || t.id, 'trace_code', t.trace_code,
               'trace_path', '/trace/' || t.trace_code, 'product_name', p.name, 'village_name', w.name)), '[]') AS lots
    FROM order_lines AS l
    JOIN allocations AS a
      ON a.county = l.county
     AND a.order_line_id = l.id
     AND a.quantity_qty > 0
    JOIN lots AS t
      ON t.county = a.county
     AND t.id = a.lot_id
    JOIN products AS p
      ON p.county = t.county
     AND p.id = t.product_id
    JOIN contributions AS c
      ON c.county = a.county
     AND c.id = a.contribution_id
    JOIN suppliers AS u
      ON u.county = c.county
     AND u.id = c.supplier_id
    JOIN areas AS w
      ON w.code = u.area_code
    WHERE l.county = o.county
      AND l.order_id = o.id) AS g
WHERE o.county = :shop_county
  AND o.shop_id = :shop_id::uuid
  AND o.shop_id = ANY (:actor_organisations::uuid[])
  AND CASE WHEN :order_ids::uuid[] IS NULL THEN o.state = 'paid'
           ELSE o.state IN ('paid', 'shipped', 'received') AND o.id = ANY (:order_ids::uuid[]) END
ORDER BY o.paid_at, o.id
LIMIT 100
