-- What stands behind the code on a pack: goods, village, days, inspection and shares by village. No household is named; small counts are not told.
SELECT l.trace_code,
       p.county || '-' || p.id AS product_id,
       p.name AS product_name,
       p.base_unit,
       l.grade,
       l.harvested_on,
       l.expires_on,
       l.taken_in_at,
       l.inspection,
       l.inspected_at,
       l.certificate,
       s.county || '-' || s.id AS shop_id,
       s.name AS shop_name,
       st.name AS station_name,
       a.name AS area_name,
       c.name AS county_name,
       l.taken_in_qty,
       CASE
           WHEN counted.households_count >= 5 THEN counted.households_count::text
           WHEN counted.households_count > 0 THEN '<5'
           ELSE '0'
       END AS households,
       (SELECT json_agg(json_build_object('area_name', v.name, 'quantity_qty', v.quantity_qty) ORDER BY v.quantity_qty DESC, v.name)
        FROM (SELECT va.name, sum(co.quantity_qty)::bigint AS quantity_qty
              FROM contributions AS co
              JOIN suppliers AS su
                ON su.county = co.county
               AND su.id = co.supplier_id
              JOIN areas AS va
                ON va.code = su.area_code
              WHERE co.county = l.county
                AND co.lot_id = l.id
              GROUP BY va.name) AS v) AS villages
FROM trace_codes AS t
JOIN lots AS l
  ON l.county = t.county
 AND l.id = t.lot_id
JOIN products AS p
  ON p.county = l.county
 AND p.id = l.product_id
JOIN shops AS s
  ON s.county = l.county
 AND s.id = l.shop_id
JOIN stations AS st
  ON st.county = l.county
 AND st.id = l.place_id
JOIN areas AS a
  ON a.code = s.area_code
JOIN areas AS c
  ON c.code = l.county
CROSS JOIN LATERAL (
    SELECT count(DISTINCT co.household_id) AS households_count
    FROM contributions AS co
    WHERE co.county = l.county
      AND co.lot_id = l.id) AS counted
WHERE t.code = upper(:code::text)
