-- Who took the full names and accounts of a batch; committed before they are answered.
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
VALUES (:new_id::uuid, :now::timestamptz, :actor_id::uuid, 'payout_accounts_seen', :batch_county, 'payout_batches', :batch_id::uuid,
        jsonb_build_object('items_count', :plan::jsonb -> 'items_count', 'left_out_count', :plan::jsonb -> 'left_out_count'), :request_id)
