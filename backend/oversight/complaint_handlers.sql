-- Who can be given a complaint: officers whose place holds it, who are neither meant by it nor have answered it before.
SELECT g.account_id,
       n.display_name,
       string_agg(DISTINCT g.role, ' ' ORDER BY g.role) AS roles,
       g.account_id::text AS cursor
FROM complaints AS c
JOIN accounts_roles_in_force AS g
  ON g.area_code = ANY (ARRAY[left(c.area_code, 6), left(c.area_code, 9), left(c.area_code, 12)])
 AND g.role IN ('cadre', 'township', 'county')
 AND g.valid_from <= :today::date
 AND (g.valid_to IS NULL OR g.valid_to > :today::date)
JOIN accounts_names AS n
  ON n.id = g.account_id
WHERE c.county = :complaint_county
  AND c.id = :complaint_id::uuid
  AND (area_within(c.county, :actor_areas::text[]) OR c.assigned_to = :actor_id::uuid)
  AND CASE g.role WHEN 'county' THEN 3 WHEN 'township' THEN 2 ELSE 1 END
      > CASE c.about_level WHEN 'county' THEN 3 WHEN 'township' THEN 2 WHEN 'village' THEN 1 ELSE 0 END
  AND NOT EXISTS (SELECT
                  FROM complaint_parties AS p
                  WHERE p.county = c.county
                    AND p.complaint_id = c.id
                    AND p.account_id IN (g.account_id, :actor_id::uuid))
  AND NOT EXISTS (SELECT
                  FROM complaint_steps AS s
                  WHERE s.county = c.county
                    AND s.complaint_id = c.id
                    AND s.kind = 'answered'
                    AND s.actor_id = g.account_id)
  AND (:cursor::text IS NULL OR g.account_id > :cursor::uuid)
GROUP BY g.account_id, n.display_name
ORDER BY g.account_id
LIMIT :limit::int
