-- The lines of a bill beside what our books say, with the finding of each that is not the same.
SELECT l.position,
       l.transaction_id,
       l.kind,
       l.reference,
       l.amount_fen,
       l.our_kind,
       l.our_reference,
       l.our_amount_fen,
       l.state,
       to_jsonb(l.differences) AS differences,
       l.county || '-' || l.order_id AS order_id,
       l.county || '-' || l.finding_id AS finding_id,
       f.state AS finding_state,
       l.position::text AS cursor
FROM bills AS b
JOIN bill_lines AS l
  ON l.county = b.county
 AND l.bill_id = b.id
LEFT JOIN findings AS f
       ON f.county = l.county
      AND f.id = l.finding_id
WHERE b.county = :bill_county
  AND b.id = :bill_id::uuid
  AND area_within(b.county, :actor_areas::text[])
  AND (:state::text IS NULL OR l.state = :state)
  AND (:cursor::text IS NULL OR l.position > :cursor::int)
ORDER BY l.position
LIMIT :limit::int
