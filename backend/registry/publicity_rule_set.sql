-- Says how many publicities an identification needs in an area; cases that began before keep what they began with.
WITH place AS (
    SELECT left(a.code, 6) AS county, a.code
    FROM areas AS a
    WHERE a.code = :area_code
      AND a.valid_to IS NULL
      AND area_within(a.code, :actor_areas::text[])
), set AS (
    INSERT INTO publicity_rules (county, area_code, one_notice, source, set_by, set_at)
    SELECT county, code, :one_notice::boolean, :source, :actor_id::uuid, :now::timestamptz
    FROM place
    ON CONFLICT (county, area_code) DO UPDATE
    SET one_notice = excluded.one_notice,
        source = excluded.source,
        set_by = excluded.set_by,
        set_at = excluded.set_at
    RETURNING county, area_code, one_notice, source, set_at
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'publicity_rule_set', county, 'publicity_rules',
           jsonb_build_object('area_code', area_code, 'one_notice', one_notice, 'source', source), :request_id
    FROM set
)
SELECT area_code,
       one_notice,
       source,
       set_at
FROM set
