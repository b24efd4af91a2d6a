-- That its handler saw who complained, and why; committed before it is answered.
WITH seen AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    VALUES (:complaint_county, gen_random_uuid(), :complaint_id::uuid, 'contact_seen', :now::timestamptz, :actor_id::uuid, :reason, false)
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
VALUES (:new_id::uuid, :now::timestamptz, :actor_id::uuid, 'complaint_contact_seen', :complaint_county, 'complaints', :complaint_id::uuid,
        :reason, :request_id)
