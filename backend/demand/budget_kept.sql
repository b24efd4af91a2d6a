-- Refuses a budget below what approved lists of the year already came to.
SELECT refuse('over-budget')
FROM unit_budgets AS b
WHERE b.county = :unit_county
  AND b.unit_id = :unit_id::uuid
  AND b.year = :year::int
  AND demand_budget_used(b.county, b.unit_id, b.year) > b.amount_fen
