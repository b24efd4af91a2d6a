-- Who saw whose full number, for what; committed before it is answered.
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
VALUES (:new_id::uuid, :now::timestamptz, :actor_id::uuid, 'id_number_revealed', :household_county, 'members', :member_id::uuid, :reason,
        jsonb_build_object('purpose', :purpose::text, 'household_id', :household_id::text), :request_id)
