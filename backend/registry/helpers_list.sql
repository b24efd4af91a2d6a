-- Who helps how many households of an area since when; `is_in_office` false: the role has ended, so nobody helps them in truth.
WITH helped AS MATERIALIZED (
    SELECT h.helper_account_id AS account_id, h.area_code, w.valid
    FROM households AS h
    LEFT JOIN household_helpers AS w
           ON w.county = h.county
          AND w.household_id = h.id
          AND upper_inf(w.valid)
    WHERE h.county = :county::text
      AND h.helper_account_id IS NOT NULL
      AND area_within(h.area_code, :actor_areas::text[])
      AND (:area::text IS NULL OR starts_with(h.area_code, :area::text))
)
SELECT helped.account_id,
       n.display_name,
       count(*) AS households_count,
       count(DISTINCT helped.area_code) AS villages_count,
       min(lower(helped.valid)) AS since,
       EXISTS (SELECT
               FROM accounts_roles_in_force AS g
               WHERE g.account_id = helped.account_id
                 AND g.role IN ('cadre', 'team', 'township', 'county')
                 AND g.valid_from <= :today::date
                 AND (g.valid_to IS NULL OR g.valid_to > :today::date)) AS is_in_office,
       helped.account_id::text AS cursor
FROM helped
LEFT JOIN accounts_names AS n
       ON n.id = helped.account_id
WHERE (:cursor::uuid IS NULL OR helped.account_id > :cursor::uuid)
GROUP BY helped.account_id, n.display_name
ORDER BY helped.account_id
LIMIT :limit::bigint
