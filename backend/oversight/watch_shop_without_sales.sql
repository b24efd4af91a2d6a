-- Shops that are open for half a year and sold nothing in that time.
SELECT s.county, 'shops' AS subject_kind, s.id AS subject_id, s.area_code,
       jsonb_build_object('shop', jsonb_build_object('kind', 'shops', 'id', s.county || '-' || s.id, 'name', s.name), 'open_since_at', s.created_at,
                          'last_sale_on', (SELECT max(o.paid_on)
                                           FROM orders AS o
                                           WHERE o.county = s.county
                                             AND o.shop_id = s.id)) AS detail
FROM shops AS s
WHERE s.state = 'open'
  AND s.created_at < :now::timestamptz - interval '180 days'
  AND NOT EXISTS (SELECT 1
                  FROM orders AS o
                  WHERE o.county = s.county
                    AND o.shop_id = s.id
                    AND o.paid_at >= :now::timestamptz - interval '180 days')
