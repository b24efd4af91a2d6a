-- Who may be named a helper in an area: whoever holds an office there today, with the number of households they help already.
SELECT g.account_id,
       n.display_name,
       min(g.role) AS role,
       (SELECT count(*)
        FROM household_helpers AS w
        WHERE w.county = :county::text
          AND w.account_id = g.account_id
          AND upper_inf(w.valid)) AS households_count,
       g.account_id::text AS cursor
FROM accounts_roles_in_force AS g
JOIN accounts_names AS n
  ON n.id = g.account_id
WHERE g.role IN ('cadre', 'team', 'township', 'county')
  AND g.area_code IN (left(:area::text, 2), left(:area::text, 4), left(:area::text, 6), left(:area::text, 9), left(:area::text, 12), :area::text)
  AND starts_with(:area::text, :county::text)
  AND area_within(:area::text, :actor_areas::text[])
  AND g.valid_from <= :today::date
  AND (g.valid_to IS NULL OR g.valid_to > :today::date)
  AND (:cursor::uuid IS NULL OR g.account_id > :cursor::uuid)
GROUP BY g.account_id, n.display_name
ORDER BY g.account_id
LIMIT :limit::bigint
