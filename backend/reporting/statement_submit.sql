-- Hands a prepared statement in, by someone else than who prepared it; from then on it is locked.
WITH found AS MATERIALIZED (
    SELECT s.county, s.id, s.state, s.prepared_by
    FROM county_statements AS s
    WHERE s.county = :statement_county
      AND s.id = :statement_id::uuid
      AND area_within(s.county, :actor_areas::text[])
), changed AS (
    UPDATE county_statements AS s
    SET state = 'submitted',
        submitted_by = :actor_id::uuid,
        submitted_at = :now::timestamptz,
        version = s.version + 1
    FROM found
    WHERE s.county = found.county
      AND s.id = found.id
      AND s.state = 'prepared'
      AND s.prepared_by <> :actor_id::uuid
    RETURNING s.county, s.id, s.state, s.month, s.edition, s.hash, s.submitted_at, s.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'statement_submitted', county, 'county_statements', id,
           jsonb_build_object('month', month, 'edition', edition, 'hash', hash), :request_id
    FROM changed
)
SELECT CASE
           WHEN found.state = 'prepared' AND found.prepared_by = :actor_id::uuid THEN 'own-entry'
           WHEN changed.id IS NULL THEN 'wrong-state'
       END AS problem,
       found.county || '-' || found.id AS statement_id,
       changed.state,
       changed.hash,
       changed.submitted_at,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
