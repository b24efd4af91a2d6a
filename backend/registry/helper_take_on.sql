-- Names one helper for every household of the register in an area that has none: the first way through a village.
WITH fit AS MATERIALIZED (
    SELECT a.code
    FROM areas AS a
    WHERE a.code = :area_code
      AND area_within(a.code, :actor_areas::text[])
), judged AS MATERIALIZED (
    SELECT fit.code,
           EXISTS (SELECT
                   FROM accounts_roles_in_force AS g
                   WHERE g.account_id = :account_id::uuid
                     AND g.role IN ('cadre', 'team', 'township', 'county')
                     AND starts_with(fit.code, g.area_code)
                     AND g.valid_from <= :today::date
                     AND (g.valid_to IS NULL OR g.valid_to > :today::date)) AS is_fit
    FROM fit
), changed AS (
    UPDATE households AS h
    SET helper_account_id = :account_id::uuid,
        version = h.version + 1
    FROM judged
    WHERE judged.is_fit
      AND h.county = left(judged.code, 6)
      AND starts_with(h.area_code, judged.code)
      AND h.helper_account_id IS NULL
      AND EXISTS (SELECT
                  FROM household_statuses AS s
                  WHERE s.county = h.county
                    AND s.household_id = h.id
                    AND s.valid @> :today::date
                    AND upper_inf(s.known)
                    AND s.status IN ('registered', 'returned'))
    RETURNING h.county, h.id
), named AS (
    INSERT INTO household_helpers (county, id, household_id, account_id, valid, entered_by, entered_at)
    SELECT county, gen_random_uuid(), id, :account_id::uuid, daterange(:today::date, NULL), :actor_id::uuid, :now::timestamptz
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'helper_named', county, 'households', id,
           jsonb_build_object('account_id', :account_id::uuid, 'valid_from', :today::date), :request_id
    FROM changed
)
SELECT CASE WHEN NOT judged.is_fit THEN 'invalid' END AS problem,
       CASE WHEN NOT judged.is_fit THEN '/account_id' END AS problem_pointer,
       judged.code AS area_code,
       (SELECT count(*) FROM changed) AS households_count
FROM judged
