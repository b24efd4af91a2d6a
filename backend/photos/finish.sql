-- An upload was scaled or is refused (:refusal); the original of a refused one is of no use to anybody.
WITH finished AS (
    UPDATE photos
    SET state = CASE WHEN :refusal::text IS NULL THEN 'ready' ELSE 'refused' END,
        refusal = :refusal,
        width = :width::int,
        height = :height::int,
        ready_at = :now::timestamptz
    WHERE id = :photo_id::uuid
      AND state = 'waiting'
    RETURNING id, state
)
DELETE FROM photo_originals AS o
USING finished
WHERE o.photo_id = finished.id
  AND finished.state = 'refused'
