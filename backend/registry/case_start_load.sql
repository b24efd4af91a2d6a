-- Facts for a case about a household: the caller's own, its status today, and how many publicities its place asks for.
SELECT h.area_code,
       coalesce((SELECT s.status
                 FROM household_statuses AS s
                 WHERE s.county = h.county
                   AND s.household_id = h.id
                   AND s.valid @> :today::date
                   AND upper_inf(s.known)), 'never_registered') AS status,
       coalesce((SELECT r.one_notice
                 FROM publicity_rules AS r
                 WHERE r.county = h.county
                   AND starts_with(h.area_code, r.area_code)
                 ORDER BY length(r.area_code) DESC
                 LIMIT 1), false) AS one_notice
FROM households AS h
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
