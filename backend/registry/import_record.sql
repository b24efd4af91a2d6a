-- Keeps what became of a file the command line brought.
WITH kept AS (
    INSERT INTO imports (county, id, kind, file_name, file_hash, dry_run, only_clean, state, rows_read, rows_taken, report, requested_at, finished_at)
    VALUES (:county, :import_id::uuid, 'households', :file_name, :file_hash, false, :only_clean::boolean, :state, :rows_read::int, :rows_taken::int,
            :report::jsonb, :now::timestamptz, :now::timestamptz)
    RETURNING county, id, state
)
INSERT INTO audit_events (id, at, event, county, subject_kind, subject_id, detail)
SELECT gen_random_uuid(), :now::timestamptz, 'households_imported', county, 'imports', id, jsonb_build_object('state', state, 'rows_taken', :rows_taken::int)
FROM kept
