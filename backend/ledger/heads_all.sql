-- Every signed daily head this database keeps itself.
SELECT d.county, d.day, d.seal_number, d.head, d.signature
FROM day_heads AS d
ORDER BY d.county, d.day
