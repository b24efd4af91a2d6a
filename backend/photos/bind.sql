-- The photos of one thing (:bound_county, :bound_id) become :photo_ids; others it had are let go. Fails whole when one is shown elsewhere.
WITH wanted AS MATERIALIZED (
    SELECT id
    FROM unnest(:photo_ids::uuid[]) AS id
), freed AS (
    UPDATE photos AS p
    SET bound_county = NULL,
        bound_id = NULL,
        unused_since = :now::timestamptz
    WHERE p.bound_id = :bound_id::uuid
      AND p.bound_county = :bound_county
      AND NOT p.id = ANY (coalesce(:photo_ids::uuid[], '{}'))
), bound AS (
    UPDATE photos AS p
    SET bound_county = :bound_county,
        bound_id = :bound_id::uuid,
        unused_since = NULL
    FROM wanted
    WHERE p.id = wanted.id
      AND p.state = 'ready'
      AND (p.bound_id IS NULL OR p.bound_id = :bound_id::uuid)
    RETURNING 1
)
SELECT refuse('photo-not-ready')
WHERE (SELECT count(*) FROM bound) <> (SELECT count(*) FROM wanted)
