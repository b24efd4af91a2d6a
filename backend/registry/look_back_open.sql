-- A looking-back whose file was read without a fault: it waits for a second officer.
INSERT INTO look_backs (county, id, title, source, rows_count, removed_count, added_count, proposed_by, proposed_at)
VALUES (:county, :look_back_id::uuid, :title, :source, :rows_count::int, :removed_count::int, :added_count::int, :requested_by::uuid,
        :now::timestamptz)
