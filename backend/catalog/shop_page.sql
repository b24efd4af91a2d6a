-- One open shop with its village, its freight and what stands behind it; small counts of households are not told.
SELECT s.county || '-' || s.id AS shop_id,
       s.name,
       s.story,
       s.kind,
       s.area_code,
       a.name AS area_name,
       c.name AS county_name,
       st.name AS station_name,
       (SELECT count(*) FROM products AS p WHERE p.county = s.county AND p.shop_id = s.id AND p.state = 'approved') AS products_count,
       (SELECT coalesce(json_agg(json_build_object('destination', f.destination, 'first_g', f.first_g, 'first_fen', f.first_fen,
                                                   'further_g', f.further_g, 'further_fen', f.further_fen, 'delivered', f.delivered)
                                 ORDER BY f.destination), '[]'::json)
        FROM freight_rules AS f
        WHERE f.county = s.county
          AND f.shop_id = s.id) AS freight,
       s.ship_within_hours,
       s.version
FROM shops AS s
JOIN stations AS st
  ON st.county = s.county
 AND st.id = s.station_id
JOIN areas AS a
  ON a.code = s.area_code
JOIN areas AS c
  ON c.code = s.county
WHERE s.county = :shop_county
  AND s.id = :shop_id::uuid
  AND s.state = 'open'
