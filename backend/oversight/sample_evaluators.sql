-- Who can be sent to see the cases of a sample of this area.
SELECT a.id AS account_id,
       a.display_name,
       a.display_name || '|' || a.id AS cursor
FROM accounts AS a
WHERE a.id <> :actor_id::uuid
  AND a.id IN (SELECT g.account_id
               FROM role_grants AS g
               WHERE g.role = 'evaluator'
                 AND g.revoked_at IS NULL
                 AND g.valid_from <= :today::date
                 AND (g.valid_to IS NULL OR g.valid_to > :today::date)
                 AND starts_with(:area::text, g.area_code))
  AND area_within(:area::text, :actor_areas::text[])
  AND (:cursor::text IS NULL OR a.display_name || '|' || a.id > :cursor::text)
ORDER BY a.display_name || '|' || a.id
LIMIT :limit::int
