-- Lots of different shops that show the same certificate: the same sacks under two names. The later one is asked about.
SELECT l.county, 'lots' AS subject_kind, l.id AS subject_id, s.area_code,
       jsonb_build_object('certificate', l.certificate, 'lot', jsonb_build_object('kind', 'lots', 'id', l.county || '-' || l.id),
                          'other_lot', jsonb_build_object('kind', 'lots', 'id', first.county || '-' || first.id),
                          'quantity_qty', l.taken_in_qty, 'taken_in_at', l.taken_in_at) AS detail
FROM lots AS l
JOIN shops AS s
  ON s.county = l.county
 AND s.id = l.shop_id
CROSS JOIN LATERAL (SELECT f.county, f.id
                    FROM lots AS f
                    WHERE f.county = l.county
                      AND f.certificate = l.certificate
                      AND f.shop_id <> l.shop_id
                      AND (f.taken_in_at, f.id) < (l.taken_in_at, l.id)
                    ORDER BY f.taken_in_at, f.id
                    LIMIT 1) AS first
WHERE l.certificate <> ''
  AND l.taken_in_at >= :now::timestamptz - interval '400 days'
