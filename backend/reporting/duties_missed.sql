-- Marks duties nobody had met when they were due.
UPDATE statement_duties AS d
SET missed_at = d.due_at
WHERE d.due_at <= :now::timestamptz
  AND d.missed_at IS NULL
  AND NOT EXISTS (SELECT 1
                  FROM county_statements AS s
                  WHERE s.county = d.county
                    AND s.month = d.month
                    AND s.state = 'submitted'
                    AND s.submitted_at <= d.due_at)
