-- Counties with something to fold.
SELECT DISTINCT waiting.county
FROM (SELECT county FROM attributions_waiting
      UNION ALL
      SELECT county FROM paid_waiting) AS waiting
ORDER BY waiting.county
