-- Orders that a household bought of which its own goods are a part: the money comes back to where it came from.
SELECT o.county, 'orders' AS subject_kind, o.id AS subject_id, a.area_code,
       jsonb_build_object('order', jsonb_build_object('kind', 'orders', 'id', o.county || '-' || o.id),
                          'household', jsonb_build_object('kind', 'households', 'id', a.county || '-' || a.household_id),
                          'line_gross_fen', a.gross_fen, 'paid_on', o.paid_on) AS detail
FROM orders AS o
JOIN role_grants AS g
  ON g.account_id = o.buyer_id
 AND g.role = 'household'
 AND g.organisation_county = o.county
 AND g.revoked_at IS NULL
CROSS JOIN LATERAL (SELECT t.county, t.household_id, min(t.area_code) AS area_code, sum(t.gross_fen)::bigint AS gross_fen
                    FROM attributions AS t
                    WHERE t.county = o.county
                      AND t.order_id = o.id
                      AND t.household_id = g.organisation_id
                      AND t.kind = 'sale'
                    GROUP BY t.county, t.household_id) AS a
WHERE o.paid_at >= :now::timestamptz - interval '60 days'
