-- Anyone objects while the notice hangs, with or without an account.
WITH notice AS (
    SELECT p.county, p.id, p.ends_at > :now::timestamptz AND p.withdrawn_at IS NULL AS open
    FROM publicities AS p
    WHERE p.county = :publicity_county
      AND p.id = :publicity_id::uuid
      AND p.starts_at <= :now::timestamptz
), raised AS (
    INSERT INTO objections (county, id, publicity_id, raised_by, words, raised_at)
    SELECT county, :new_id::uuid, id, :actor_id::uuid, :words, :now::timestamptz
    FROM notice
    WHERE open
    RETURNING county, id
)
SELECT CASE WHEN raised.id IS NULL THEN 'wrong-state' END AS problem,
       raised.county || '-' || raised.id AS objection_id
FROM notice
LEFT JOIN raised
       ON raised.county = notice.county
