-- Takes a prepared statement back before it is handed in, so that the month can be frozen anew.
WITH found AS MATERIALIZED (
    SELECT s.county, s.id
    FROM county_statements AS s
    WHERE s.county = :statement_county
      AND s.id = :statement_id::uuid
      AND area_within(s.county, :actor_areas::text[])
), changed AS (
    UPDATE county_statements AS s
    SET state = 'withdrawn',
        withdrawn_by = :actor_id::uuid,
        withdrawn_at = :now::timestamptz,
        version = s.version + 1
    FROM found
    WHERE s.county = found.county
      AND s.id = found.id
      AND s.state = 'prepared'
    RETURNING s.county, s.id, s.state, s.month, s.edition, s.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'statement_withdrawn', county, 'county_statements', id, :reason,
           jsonb_build_object('month', month, 'edition', edition), :request_id
    FROM changed
)
SELECT CASE WHEN changed.id IS NULL THEN 'wrong-state' END AS problem,
       found.county || '-' || found.id AS statement_id,
       changed.state,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
