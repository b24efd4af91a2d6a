-- What became of a file that waited: its content is forgotten, its report stays.
WITH done AS (
    UPDATE imports
    SET state = :state,
        content = NULL,
        rows_read = :rows_read::int,
        rows_taken = :rows_taken::int,
        report = :report::jsonb,
        refused = :refused::bytea,
        finished_at = :now::timestamptz
    WHERE county = :county
      AND id = :import_id::uuid
    RETURNING county, id, kind, state, rows_taken, dry_run, requested_by
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail)
SELECT gen_random_uuid(), :now::timestamptz, requested_by, kind || '_imported', county, 'imports', id,
       jsonb_build_object('state', state, 'rows_taken', rows_taken, 'dry_run', dry_run)
FROM done
