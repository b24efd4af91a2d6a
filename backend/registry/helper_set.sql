-- Names the helper of a household from a day on, or nobody: what was until then keeps its days. A helper must work where the household lives.
WITH found AS MATERIALIZED (
    SELECT h.county, h.id, h.area_code, h.helper_account_id
    FROM households AS h
    WHERE h.county = :household_county
      AND h.id = :household_id::uuid
      AND area_within(h.area_code, :actor_areas::text[])
    FOR UPDATE
), judged AS MATERIALIZED (
    SELECT found.county, found.id, found.helper_account_id,
           now_helps.began,
           :account_id::uuid IS NULL
           OR EXISTS (SELECT
                      FROM accounts_roles_in_force AS g
                      WHERE g.account_id = :account_id::uuid
                        AND g.role IN ('cadre', 'team', 'township', 'county')
                        AND starts_with(found.area_code, g.area_code)
                        AND g.valid_from <= :today::date
                        AND (g.valid_to IS NULL OR g.valid_to > :today::date)) AS is_fit,
           :valid_from::date <= :today::date AS has_begun
    FROM found
    LEFT JOIN LATERAL (SELECT lower(w.valid) AS began
                       FROM household_helpers AS w
                       WHERE w.county = found.county
                         AND w.household_id = found.id
                         AND upper_inf(w.valid)) AS now_helps
           ON true
), good AS MATERIALIZED (
    SELECT county, id
    FROM judged
    WHERE is_fit
      AND has_begun
      AND (began IS NULL OR began < :valid_from::date)
      AND helper_account_id IS DISTINCT FROM :account_id::uuid
), ended AS (
    UPDATE household_helpers AS w
    SET valid = daterange(lower(w.valid), :valid_from::date),
        ended_by = :actor_id::uuid,
        ended_at = :now::timestamptz
    FROM good
    WHERE w.county = good.county
      AND w.household_id = good.id
      AND upper_inf(w.valid)
    RETURNING w.id
), named AS (
    INSERT INTO household_helpers (county, id, household_id, account_id, valid, entered_by, entered_at)
    SELECT county, :new_id::uuid, id, :account_id::uuid, daterange(:valid_from::date, NULL), :actor_id::uuid, :now::timestamptz
    FROM good
    WHERE :account_id::uuid IS NOT NULL
      AND (SELECT count(*) FROM ended) >= 0 -- the one before ends before the next begins
), changed AS (
    UPDATE households AS h
    SET helper_account_id = :account_id::uuid,
        version = h.version + 1
    FROM good
    WHERE h.county = good.county
      AND h.id = good.id
    RETURNING h.county, h.id, h.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'helper_named', county, 'households', id, :reason,
           jsonb_build_object('account_id', :account_id::uuid, 'valid_from', :valid_from::date), :request_id
    FROM changed
)
SELECT CASE
           WHEN NOT judged.is_fit OR NOT judged.has_begun THEN 'invalid'
           WHEN changed.id IS NULL THEN 'wrong-state'
       END AS problem,
       CASE
           WHEN NOT judged.is_fit THEN '/account_id'
           WHEN NOT judged.has_begun THEN '/valid_from'
       END AS problem_pointer,
       judged.county || '-' || judged.id AS household_id,
       :account_id::uuid AS helper_account_id,
       changed.version
FROM judged
LEFT JOIN changed
       ON changed.county = judged.county
      AND changed.id = judged.id
