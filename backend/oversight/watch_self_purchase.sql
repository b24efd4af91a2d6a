-- Orders that somebody who works for the shop bought there.
SELECT o.county, 'orders' AS subject_kind, o.id AS subject_id, s.area_code,
       jsonb_build_object('order', jsonb_build_object('kind', 'orders', 'id', o.county || '-' || o.id), 'shop', s.name,
                          'line_gross_fen', o.goods_fen, 'paid_on', o.paid_on) AS detail
FROM orders AS o
JOIN shops AS s
  ON s.county = o.county
 AND s.id = o.shop_id
WHERE o.paid_at >= :now::timestamptz - interval '60 days'
  AND EXISTS (SELECT 1
              FROM role_grants AS g
              WHERE g.account_id = o.buyer_id
                AND g.role = 'operator'
                AND g.organisation_county = o.county
                AND g.organisation_id = o.shop_id
                AND g.valid_from <= o.paid_on
                AND (g.valid_to IS NULL OR g.valid_to > o.paid_on))
