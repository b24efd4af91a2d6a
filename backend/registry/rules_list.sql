-- An organisation's distribution rules, newest first: what is proposed, in force for its purpose, was once, or will be.
WITH supplier AS MATERIALIZED (
    SELECT s.county, s.id
    FROM suppliers AS s
    WHERE s.county = :supplier_county
      AND s.id = :supplier_id::uuid
      AND (area_within(s.county, :actor_areas::text[]) OR s.id = ANY (:actor_organisations::uuid[]))
), held AS MATERIALIZED (
    SELECT r.county, r.supplier_id, r.purpose, max(r.version) AS version
    FROM supplier
    JOIN distribution_rules AS r
      ON r.county = supplier.county
     AND r.supplier_id = supplier.id
    WHERE r.decided_at IS NOT NULL
      AND NOT r.refused
      AND r.valid_from <= :today::date
    GROUP BY r.county, r.supplier_id, r.purpose
)
SELECT r.county || '-' || r.supplier_id AS supplier_id,
       r.version AS rule_version,
       r.purpose,
       r.kind,
       r.retain_ppm,
       r.steps,
       r.valid_from,
       r.words,
       CASE
           WHEN r.decided_at IS NULL THEN 'proposed'
           WHEN r.refused THEN 'refused'
           WHEN r.version = held.version THEN 'in_force'
           WHEN r.valid_from > :today::date THEN 'approved'
           ELSE 'superseded'
       END AS state,
       r.reason,
       who.display_name AS proposed_by_name,
       r.proposed_by = :actor_id::uuid AS is_own_entry,
       r.proposed_at,
       r.decided_at,
       r.version::text AS cursor
FROM supplier
JOIN distribution_rules AS r
  ON r.county = supplier.county
 AND r.supplier_id = supplier.id
LEFT JOIN held
       ON held.county = r.county
      AND held.supplier_id = r.supplier_id
      AND held.purpose = r.purpose
LEFT JOIN accounts_names AS who
       ON who.id = r.proposed_by
WHERE (:purpose::text IS NULL OR r.purpose = :purpose::text)
  AND (:cursor::int IS NULL OR r.version < :cursor::int)
ORDER BY r.version DESC
LIMIT :limit::bigint
