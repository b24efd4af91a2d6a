-- Keeps a payee account that waits for a second officer.
WITH proposed AS (
    INSERT INTO payee_changes (county, id, household_id, payee_bank, payee_account_masked, payee_account_sealed, reason, proposed_by, proposed_at)
    SELECT p.household_county, p.payee_change_id, p.household_id, p.payee_bank, p.payee_account_masked, p.payee_account_sealed, p.reason,
           :actor_id::uuid, :now::timestamptz
    FROM jsonb_to_record(:plan::jsonb) AS p (household_county text, household_id uuid, payee_change_id uuid, payee_bank text,
                                             payee_account_masked text, payee_account_sealed bytea, reason text)
    RETURNING county, household_id, reason
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'payee_proposed', county, 'households', household_id, reason, :request_id
FROM proposed
