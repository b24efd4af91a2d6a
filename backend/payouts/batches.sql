-- The county's batches, newest first.
SELECT b.county || '-' || b.id AS batch_id,
       b.county,
       a.name AS county_name,
       b.title,
       b.state,
       b.total_fen,
       b.items_count,
       b.county || '-' || b.publicity_id AS publicity_id,
       b.proposed_at,
       b.approved_at,
       b.paid_at,
       b.id::text AS cursor
FROM payout_batches AS b
JOIN areas AS a
  ON a.code = b.county
WHERE area_within(b.county, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(b.county, left(:area::text, 6)))
  AND (:state::text IS NULL OR b.state = :state)
  AND (:cursor::text IS NULL OR b.id < :cursor::uuid)
ORDER BY b.id DESC
LIMIT :limit::int
