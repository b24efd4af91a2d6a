-- Accreditations of a county's products, newest first.
SELECT a.county || '-' || a.id AS accreditation_id,
       a.county || '-' || a.product_id AS product_id,
       p.name AS product_name,
       s.name AS shop_name,
       a.valid_from,
       a.valid_to,
       a.source,
       a.state,
       (SELECT c.display_name FROM accounts AS c WHERE c.id = a.proposed_by) AS proposed_by,
       a.proposed_by = :actor_id::uuid AS is_own,
       (SELECT c.display_name FROM accounts AS c WHERE c.id = a.decided_by) AS decided_by,
       a.decided_at,
       a.id::text AS cursor
FROM accreditations AS a
JOIN products AS p
  ON p.county = a.county
 AND p.id = a.product_id
JOIN shops AS s
  ON s.county = p.county
 AND s.id = p.shop_id
WHERE a.county = :county
  AND area_within(a.county, :actor_areas::text[])
  AND (:state::text IS NULL OR a.state = :state)
  AND (:cursor::uuid IS NULL OR a.id < :cursor::uuid)
ORDER BY a.id DESC
LIMIT :limit::int
