-- Suppliers not yet found by name, with the sealed head of a household.
SELECT s.county,
       s.id AS supplier_id,
       s.name,
       s.household_id,
       h.head_name_sealed
FROM suppliers AS s
LEFT JOIN households AS h
       ON h.county = s.county
      AND h.id = s.household_id
WHERE s.name_index IS NULL
ORDER BY s.county, s.id
LIMIT :limit::bigint
