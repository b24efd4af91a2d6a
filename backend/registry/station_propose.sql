-- A cadre or county officer proposes a station in a village of his area.
WITH village AS (
    SELECT a.code, left(a.code, 6) AS county
    FROM areas AS a
    WHERE a.code = :area_code::text
      AND length(a.code) >= 9
      AND a.valid_to IS NULL
      AND area_within(a.code, :actor_areas::text[])
)
INSERT INTO stations (county, id, area_code, name, services, proposed_by, created_at)
SELECT county,
       :new_id::uuid,
       code,
       :name,
       coalesce(ARRAY (SELECT jsonb_array_elements_text(:body::jsonb -> 'services')), '{}'),
       :actor_id::uuid,
       :now::timestamptz
FROM village
RETURNING county || '-' || id AS station_id, state, version
