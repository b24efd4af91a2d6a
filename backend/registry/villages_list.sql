-- Villages of a county with their status today, the households registered there, and how many publicities an identification needs.
SELECT a.code AS area_code,
       a.name AS area_name,
       s.status,
       lower(s.valid) AS since,
       s.persons,
       s.poor_persons,
       m.into_code AS merged_into,
       (SELECT count(*)
        FROM households AS h
        JOIN household_statuses AS t
          ON t.county = h.county
         AND t.household_id = h.id
         AND t.valid @> :today::date
         AND upper_inf(t.known)
        WHERE h.county = :county
          AND h.area_code = a.code
          AND t.status IN ('registered', 'returned')) AS households_count,
       coalesce((SELECT r.one_notice
                 FROM publicity_rules AS r
                 WHERE r.county = :county
                   AND starts_with(a.code, r.area_code)
                 ORDER BY length(r.area_code) DESC
                 LIMIT 1), false) AS one_notice,
       a.code AS cursor
FROM areas AS a
LEFT JOIN village_statuses AS s
       ON s.county = :county
      AND s.area_code = a.code
      AND s.valid @> :today::date
      AND upper_inf(s.known)
LEFT JOIN village_mergers AS m
       ON m.county = :county
      AND m.from_code = a.code
WHERE a.kind = 'village'
  AND a.valid_to IS NULL
  AND starts_with(a.code, :county)
  AND area_within(a.code, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(a.code, :area::text))
  AND (:cursor::text IS NULL OR a.code > :cursor::text)
ORDER BY a.code
LIMIT :limit::bigint
