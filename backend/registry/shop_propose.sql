-- A cadre or county officer proposes a shop hosted by an open station of his area.
WITH station AS (
    SELECT s.county, s.id, s.area_code
    FROM stations AS s
    WHERE s.county = :station_county
      AND s.id = :station_id::uuid
      AND s.state = 'open'
      AND area_within(s.area_code, :actor_areas::text[])
)
INSERT INTO shops (county, id, station_id, area_code, kind, name, story, platform_fee_ppm, proposed_by, created_at)
SELECT county,
       :new_id::uuid,
       id,
       area_code,
       coalesce(:kind::text, 'village'),
       :name,
       coalesce(:story, ''),
       coalesce(:platform_fee_ppm::int, 0),
       :actor_id::uuid,
       :now::timestamptz
FROM station
RETURNING county || '-' || id AS shop_id, state, version
