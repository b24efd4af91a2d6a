-- Enters below which incidence of poverty villages of an area of the caller's may exit, from its official source.
INSERT INTO village_thresholds (area_code, incidence_ppm, source, recorded_by, recorded_at)
SELECT :area_code::text, :incidence_ppm::int, :source, :actor_id::uuid, :now::timestamptz
WHERE area_within(:area_code::text, :actor_areas::text[])
RETURNING area_code, incidence_ppm, source
