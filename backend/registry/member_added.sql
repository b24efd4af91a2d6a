-- Records who entered a person, and moves the household's version on.
WITH changed AS (
    UPDATE households AS h
    SET version = h.version + 1
    FROM jsonb_to_record(:plan::jsonb) AS p (household_county text, household_id uuid)
    WHERE h.county = p.household_county
      AND h.id = p.household_id
    RETURNING h.county
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'member_added', p.member_county, 'members', p.member_id, :request_id
FROM jsonb_to_record(:plan::jsonb) AS p (member_county text, member_id uuid)
WHERE EXISTS (SELECT 1 FROM changed)
