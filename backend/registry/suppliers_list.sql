-- Suppliers a shop may take goods from: those of the county; households only masked.
SELECT s.county || '-' || s.id AS supplier_id,
       s.kind,
       s.name,
       h.card_number,
       h.phone_tail,
       s.area_code,
       a.name AS area_name,
       s.state,
       s.version,
       s.id::text AS cursor
FROM suppliers AS s
JOIN areas AS a
  ON a.code = s.area_code
LEFT JOIN households AS h
       ON h.county = s.county
      AND h.id = s.household_id
WHERE s.county = :county::text
  AND (area_within(s.county, :actor_areas::text[])
       OR EXISTS (SELECT 1 FROM shops AS sh WHERE sh.county = s.county AND sh.id = ANY (:actor_organisations::uuid[])))
  AND (:kind::text IS NULL OR s.kind = :kind::text)
  AND (:area::text IS NULL OR starts_with(s.area_code, :area::text))
  AND (:card_number::text IS NULL OR h.card_number = :card_number::text)
  AND (:phone_tail::text IS NULL OR h.phone_tail = :phone_tail::text)
  AND (:cursor::uuid IS NULL OR s.id > :cursor::uuid)
ORDER BY s.id
LIMIT :limit::bigint
