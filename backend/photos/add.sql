-- Takes an upload in: the original as it came, to be scaled by a job. An account has a number of them a day.
WITH today AS MATERIALIZED (
    SELECT count(*) AS photos_count
    FROM photos
    WHERE owner_id = :actor_id::uuid
      AND created_at >= :today::date::timestamp AT TIME ZONE 'Asia/Shanghai'
), added AS (
    INSERT INTO photos (id, owner_id, purpose, kind, bytes_count, created_at, unused_since)
    SELECT :new_id::uuid, :actor_id::uuid, :use, :kind, :bytes_count::int, :now::timestamptz, :now::timestamptz
    FROM today
    WHERE today.photos_count < :photos_max::bigint
    RETURNING id, state
), kept AS (
    INSERT INTO photo_originals (photo_id, bytes)
    SELECT id, :upload::bytea
    FROM added
)
SELECT CASE WHEN added.id IS NULL THEN 'too-many' END AS problem,
       added.id AS photo_id,
       added.state
FROM today
LEFT JOIN added
       ON true
