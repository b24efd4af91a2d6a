-- An area by its code with the name people know it by, for the head of a report.
SELECT a.code || ' ' || coalesce(p.name || ' ', '') || a.name AS area
FROM areas AS a
LEFT JOIN areas AS p
       ON p.code = a.parent_code
      AND p.kind <> 'province'
WHERE a.code = :area
