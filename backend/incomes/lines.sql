-- Who gets what of a distribution and why, and how far its payment is.
SELECT l.payee_kind,
       l.county || '-' || l.payee_id AS payee_id,
       coalesce(h.head_name_masked, s.name) AS payee,
       h.card_number,
       l.area_code,
       a.name AS area_name,
       l.shares,
       l.heads,
       l.units_hundredths,
       l.grade,
       l.rate_fen,
       l.received_fen,
       l.amount_fen,
       l.parts,
       o.state AS due_state,
       o.paid_at,
       l.position::text AS cursor
FROM distributions AS d
JOIN distribution_lines AS l
  ON l.county = d.county
 AND l.distribution_id = d.id
JOIN areas AS a
  ON a.code = l.area_code
LEFT JOIN households AS h
       ON h.county = l.county
      AND h.id = l.payee_id
LEFT JOIN suppliers AS s
       ON s.county = l.county
      AND s.id = l.payee_id
LEFT JOIN dues AS o
       ON o.county = l.county
      AND o.distribution_id = l.distribution_id
      AND o.payee_id = l.payee_id
      AND o.amount_fen > 0
WHERE d.county = :distribution_county
  AND d.id = :distribution_id::uuid
  AND (area_within(d.county, :actor_areas::text[]) OR d.supplier_id = ANY (:actor_organisations::uuid[]))
  AND (:cursor::int IS NULL OR l.position > :cursor::int)
ORDER BY l.position
LIMIT :limit::bigint
