-- Distributions of a county, newest first.
SELECT d.county || '-' || d.id AS distribution_id,
       d.county || '-' || d.supplier_id AS supplier_id,
       s.name AS supplier_name,
       s.kind AS supplier_kind,
       d.purpose,
       d.income_kind,
       d.title,
       d.from_on,
       d.to_on,
       d.source,
       d.pool_fen,
       d.households_fen,
       d.households_count,
       d.state,
       d.proposed_at,
       d.id::text AS cursor
FROM distributions AS d
JOIN suppliers AS s
  ON s.county = d.county
 AND s.id = d.supplier_id
WHERE d.county = :county::text
  AND (area_within(d.county, :actor_areas::text[]) OR d.supplier_id = ANY (:actor_organisations::uuid[]))
  AND (:state::text IS NULL OR d.state = :state::text)
  AND (:supplier_id::uuid IS NULL OR d.supplier_id = :supplier_id::uuid)
  AND (:cursor::uuid IS NULL OR d.id < :cursor::uuid)
ORDER BY d.id DESC
LIMIT :limit::bigint
