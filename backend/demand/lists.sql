-- The purchase lists of a unit, newest first.
WITH unit AS MATERIALIZED (
    SELECT u.county, u.id
    FROM units AS u
    LEFT JOIN unit_members AS m
           ON m.county = u.county
          AND m.unit_id = u.id
          AND m.account_id = :actor_id::uuid
          AND m.ended_at IS NULL
    WHERE u.county = :unit_county
      AND u.id = :unit_id::uuid
      AND (m.account_id IS NOT NULL OR area_within(u.county, :actor_areas::text[]))
)
SELECT l.county || '-' || l.id AS list_id,
       l.title,
       l.year,
       l.state,
       (SELECT sum(i.packs * i.price_fen)::bigint
        FROM purchase_list_lines AS i
        WHERE i.county = l.county
          AND i.list_id = l.id) AS goods_fen,
       (SELECT count(*)
        FROM purchase_list_parts AS p
        WHERE p.county = l.county
          AND p.list_id = l.id) AS parts_count,
       (SELECT count(p.purchase_id)
        FROM purchase_list_parts AS p
        WHERE p.county = l.county
          AND p.list_id = l.id) AS ordered_parts_count,
       l.proposed_at,
       l.id::text AS cursor
FROM unit
JOIN purchase_lists AS l
  ON l.county = unit.county
 AND l.unit_id = unit.id
WHERE (:cursor::uuid IS NULL OR l.id < :cursor::uuid)
  AND (:state::text IS NULL OR l.state = :state)
ORDER BY l.id DESC
LIMIT :limit::int
