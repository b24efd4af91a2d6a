-- Takes the budget's row for the rest of the transaction, so that lists approved or ordered at the same time are counted one after another.
SELECT b.year
FROM unit_budgets AS b
WHERE b.county = :list_county
  AND (b.unit_id, b.year) = (SELECT l.unit_id, l.year
                             FROM purchase_lists AS l
                             WHERE l.county = :list_county
                               AND l.id = :list_id::uuid)
FOR UPDATE
