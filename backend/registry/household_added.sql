-- Records who entered a household by form.
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'household_added', p.household_county, 'households', p.household_id, :request_id
FROM jsonb_to_record(:plan::jsonb) AS p (household_county text, household_id uuid)
