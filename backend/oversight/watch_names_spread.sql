-- Lots in which many households delivered exactly the same: a list of names over goods that one person brought.
SELECT l.county, 'lots' AS subject_kind, l.id AS subject_id, s.area_code,
       jsonb_build_object('lot', jsonb_build_object('kind', 'lots', 'id', l.county || '-' || l.id), 'households_count', c.households_count,
                          'quantity_qty', c.quantity_qty, 'base_unit', p.base_unit, 'taken_in_at', l.taken_in_at) AS detail
FROM lots AS l
JOIN shops AS s
  ON s.county = l.county
 AND s.id = l.shop_id
JOIN products AS p
  ON p.county = l.county
 AND p.id = l.product_id
CROSS JOIN LATERAL (SELECT x.quantity_qty, count(DISTINCT x.household_id) AS households_count
                    FROM contributions AS x
                    WHERE x.county = l.county
                      AND x.lot_id = l.id
                      AND x.household_id IS NOT NULL
                    GROUP BY x.quantity_qty
                    HAVING count(DISTINCT x.household_id) >= 8
                    ORDER BY count(DISTINCT x.household_id) DESC, x.quantity_qty
                    LIMIT 1) AS c
WHERE l.taken_in_at >= :now::timestamptz - interval '60 days'
