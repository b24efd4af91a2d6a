-- Facts for a case about a village: its status today, the threshold in force there, and the village it may merge into.
SELECT a.code AS area_code,
       left(a.code, 6) AS county,
       coalesce((SELECT s.status
                 FROM village_statuses AS s
                 WHERE s.county = left(a.code, 6)
                   AND s.area_code = a.code
                   AND s.valid @> :today::date
                   AND upper_inf(s.known)), 'none') AS status,
       (SELECT t.incidence_ppm
        FROM village_thresholds AS t
        WHERE starts_with(a.code, t.area_code)
        ORDER BY length(t.area_code) DESC
        LIMIT 1) AS incidence_ppm,
       b.code AS into_code,
       b.name AS into_name,
       EXISTS (SELECT 1
               FROM village_mergers AS m
               WHERE m.county = left(a.code, 6)
                 AND m.from_code IN (a.code, b.code)) AS merged
FROM areas AS a
LEFT JOIN areas AS b
       ON b.code = :into_code
      AND b.kind = 'village'
      AND b.valid_to IS NULL
      AND left(b.code, 6) = left(a.code, 6)
WHERE a.code = :village
  AND a.kind = 'village'
  AND area_within(a.code, :actor_areas::text[])
