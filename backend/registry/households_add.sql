-- Adds the households of plan.households, each with its supplier account and the status it comes with.
WITH given AS (
    SELECT g.*
    FROM jsonb_to_recordset(:plan::jsonb -> 'households') AS g (
        county text, household_id uuid, supplier_id uuid, area_code text, card_number text, head_name_masked text, head_name_sealed bytea,
        phone_masked text, phone_sealed bytea, phone_tail text, payee_bank text, payee_account_masked text, payee_account_sealed bytea,
        cause text, degree text, land_mu_hundredths bigint, consent_on date, status_id uuid, status text, status_on date, source text,
        name_index text)
), added AS (
    INSERT INTO households (county, id, area_code, card_number, head_name_masked, head_name_sealed, phone_masked, phone_sealed, phone_tail,
                            payee_bank, payee_account_masked, payee_account_sealed, cause, degree, land_mu_hundredths, consent_on, created_at)
    SELECT county, household_id, area_code, card_number, head_name_masked, head_name_sealed, phone_masked, phone_sealed, phone_tail,
           payee_bank, payee_account_masked, payee_account_sealed, cause, degree, land_mu_hundredths, consent_on, :now::timestamptz
    FROM given
), accounted AS (
    INSERT INTO suppliers (county, id, kind, household_id, area_code, name, name_index, state, proposed_by, created_at)
    SELECT county, supplier_id, 'household', household_id, area_code, head_name_masked, name_index::text[], 'active', :actor_id::uuid,
           :now::timestamptz
    FROM given
)
INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source, recorded_by, origin)
SELECT county, status_id, household_id, status, daterange(status_on, NULL), tstzrange(:now::timestamptz, NULL), 'registered', source,
       :actor_id::uuid, 'import'
FROM given
WHERE status IS NOT NULL
