-- A second officer agrees to a household's new payee account, or not; never who proposed it.
WITH found AS (
    SELECT c.county, c.id, c.household_id, c.payee_bank, c.payee_account_masked, c.payee_account_sealed, c.state, c.proposed_by
    FROM payee_changes AS c
    JOIN households AS h
      ON h.county = c.county
     AND h.id = c.household_id
    WHERE c.county = :payee_change_county
      AND c.id = :payee_change_id::uuid
      AND area_within(h.area_code, :actor_areas::text[])
), decided AS (
    UPDATE payee_changes AS c
    SET state = CASE WHEN :accepted::boolean THEN 'accepted' ELSE 'refused' END,
        decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz
    FROM found
    WHERE c.county = found.county
      AND c.id = found.id
      AND c.state = 'proposed'
      AND c.proposed_by <> :actor_id::uuid
    RETURNING c.county, c.id, c.state
), changed AS (
    UPDATE households AS h
    SET payee_bank = found.payee_bank,
        payee_account_masked = found.payee_account_masked,
        payee_account_sealed = found.payee_account_sealed,
        version = h.version + 1
    FROM found
    JOIN decided
      ON decided.county = found.county
     AND decided.id = found.id
    WHERE h.county = found.county
      AND h.id = found.household_id
      AND decided.state = 'accepted'
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'payee_' || decided.state, found.county, 'households', found.household_id, :reason, :request_id
    FROM found
    JOIN decided
      ON decided.county = found.county
     AND decided.id = found.id
)
SELECT CASE
           WHEN found.state = 'proposed' AND found.proposed_by = :actor_id::uuid THEN 'own-entry'
           WHEN decided.id IS NULL THEN 'wrong-state'
       END AS problem,
       found.county || '-' || found.id AS payee_change_id,
       decided.state
FROM found
LEFT JOIN decided
       ON decided.county = found.county
      AND decided.id = found.id
