-- Villages of a county that exist today, with their townships: where the demo's stations stand and its households live.
SELECT v.code, v.name, t.name AS township
FROM areas AS v
JOIN areas AS t ON t.code = v.parent_code
WHERE starts_with(v.code, :county)
  AND v.kind = 'village'
  AND v.valid_to IS NULL
ORDER BY v.code
