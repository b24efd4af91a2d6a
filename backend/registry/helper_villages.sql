-- Villages of an area with the households of the register, how many of them nobody helps, and the team stationed there with its days.
WITH household AS MATERIALIZED (
    SELECT h.area_code, h.helper_account_id,
           EXISTS (SELECT
                   FROM accounts_roles_in_force AS g
                   WHERE g.account_id = h.helper_account_id
                     AND g.role IN ('cadre', 'team', 'township', 'county')
                     AND starts_with(h.area_code, g.area_code)
                     AND g.valid_from <= :today::date
                     AND (g.valid_to IS NULL OR g.valid_to > :today::date)) AS is_helped
    FROM households AS h
    JOIN household_statuses AS s
      ON s.county = h.county
     AND s.household_id = h.id
     AND s.valid @> :today::date
     AND upper_inf(s.known)
    WHERE h.county = :county::text
      AND s.status IN ('registered', 'returned')
      AND area_within(h.area_code, :actor_areas::text[])
      AND (:area::text IS NULL OR starts_with(h.area_code, :area::text))
), counted AS MATERIALIZED (
    SELECT area_code,
           count(*) AS households_count,
           count(*) FILTER (WHERE NOT is_helped) AS unhelped_count,
           count(DISTINCT helper_account_id) FILTER (WHERE is_helped) AS helpers_count
    FROM household
    GROUP BY area_code
)
SELECT c.area_code,
       a.name AS area_name,
       s.status,
       c.households_count,
       c.unhelped_count,
       c.helpers_count,
       (SELECT coalesce(json_agg(json_build_object('account_id', g.account_id, 'name', n.display_name, 'valid_from', g.valid_from,
                   'valid_to', g.valid_to, 'is_there', g.valid_from <= :today::date AND (g.valid_to IS NULL OR g.valid_to > :today::date))
                   ORDER BY g.valid_from, g.account_id), '[]'::json)
        FROM accounts_roles_in_force AS g
        JOIN accounts_names AS n
          ON n.id = g.account_id
        WHERE g.role = 'team'
          AND starts_with(c.area_code, g.area_code)) AS team,
       c.area_code AS cursor
FROM counted AS c
JOIN areas AS a
  ON a.code = c.area_code
LEFT JOIN village_statuses AS s
       ON s.county = :county
      AND s.area_code = c.area_code
      AND s.valid @> :today::date
      AND upper_inf(s.known)
WHERE (:cursor::text IS NULL OR c.area_code > :cursor::text)
ORDER BY c.area_code
LIMIT :limit::bigint
