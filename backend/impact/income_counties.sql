-- Counties that paid households in a year.
SELECT DISTINCT m.county
FROM paid_months AS m
WHERE m.month BETWEEN make_date(:year::int, 1, 1) AND make_date(:year::int, 12, 1)
ORDER BY m.county
