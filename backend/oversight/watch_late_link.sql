-- Agreements signed after goods were delivered under them: the link was made up to have the sale counted.
SELECT a.county, 'households' AS subject_kind, a.household_id AS subject_id, h.area_code,
       jsonb_build_object('household', jsonb_build_object('kind', 'households', 'id', a.county || '-' || a.household_id),
                          'signed_at', a.signed_at, 'delivered_on', c.delivered_on, 'quantity_qty', c.quantity_qty,
                          'lot', jsonb_build_object('kind', 'lots', 'id', a.county || '-' || c.lot_id)) AS detail
FROM link_agreements AS a
JOIN households AS h
  ON h.county = a.county
 AND h.id = a.household_id
CROSS JOIN LATERAL (SELECT x.lot_id, x.delivered_on, x.quantity_qty
                    FROM contributions AS x
                    WHERE x.county = a.county
                      AND x.household_id = a.household_id
                      AND x.agreement_id = a.id
                      AND x.delivered_on < (a.signed_at AT TIME ZONE 'Asia/Shanghai')::date
                    ORDER BY x.delivered_on
                    LIMIT 1) AS c
WHERE a.signed_at >= :now::timestamptz - interval '400 days'
