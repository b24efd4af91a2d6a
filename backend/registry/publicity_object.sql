-- Anyone objects while the notice hangs, with or without an account. From the first objection on its clock stands still.
WITH notice AS (
    SELECT p.county, p.id
    FROM publicities AS p
    WHERE p.county = :publicity_county
      AND p.id = :publicity_id::uuid
      AND p.starts_at <= :now::timestamptz
), stopped AS (
    UPDATE publicities AS p
    SET objections_open = p.objections_open + 1,
        clock_stopped_at = coalesce(p.clock_stopped_at, :now::timestamptz)
    FROM notice
    WHERE p.county = notice.county
      AND p.id = notice.id
      AND p.withdrawn_at IS NULL
      AND (p.ends_at > :now::timestamptz OR p.clock_stopped_at IS NOT NULL)
    RETURNING p.county, p.id
), raised AS (
    INSERT INTO objections (county, id, publicity_id, raised_by, words, raised_at)
    SELECT county, :new_id::uuid, id, :actor_id::uuid, :words, :now::timestamptz
    FROM stopped
    RETURNING county, id
)
SELECT CASE WHEN raised.id IS NULL THEN 'wrong-state' END AS problem,
       raised.county || '-' || raised.id AS objection_id
FROM notice
LEFT JOIN raised
       ON raised.county = notice.county
