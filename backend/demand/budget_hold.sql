-- Refuses what overdraws the budget. Stands behind the lock and behind what was written, so it sees both.
WITH list AS MATERIALIZED (
    SELECT l.county, l.unit_id, l.year
    FROM purchase_lists AS l
    WHERE l.county = :list_county
      AND l.id = :list_id::uuid
      AND l.state = 'approved'
), budget AS MATERIALIZED (
    SELECT list.county, list.unit_id, list.year, coalesce(b.amount_fen, 0) AS amount_fen
    FROM list
    LEFT JOIN unit_budgets AS b
           ON b.county = list.county
          AND b.unit_id = list.unit_id
          AND b.year = list.year
)
SELECT refuse('over-budget')
FROM budget
WHERE demand_budget_used(budget.county, budget.unit_id, budget.year) > budget.amount_fen
