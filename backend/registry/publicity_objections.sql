-- The objections to a notice, for those who oversee it.
SELECT o.county || '-' || o.id AS objection_id,
       o.words,
       o.raised_at,
       o.answer,
       o.upheld,
       o.answered_at,
       o.id::text AS cursor
FROM objections AS o
WHERE o.county = :publicity_county
  AND o.publicity_id = :publicity_id::uuid
  AND area_within(o.county, :actor_areas::text[])
  AND (:cursor::text IS NULL OR o.id > :cursor::uuid)
ORDER BY o.id
LIMIT :limit::int
