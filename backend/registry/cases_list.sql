-- Cases the caller may see, newest first; with `waiting` only those whose next step is his to take, now.
WITH stage AS MATERIALIZED (
    SELECT s.kind, s.one_notice, s.step, s.roles, s.apart, s.behind_notice
    FROM jsonb_to_recordset(:stages::jsonb) AS s (kind text, one_notice boolean, step text, roles text[], apart text[], behind_notice boolean)
), held AS MATERIALIZED (
    SELECT role, area_code, organisation_id
    FROM accounts_roles_in_force
    WHERE account_id = :actor_id::uuid
      AND valid_from <= :today::date
      AND (valid_to IS NULL OR valid_to > :today::date)
), seen AS (
    SELECT c.county, c.id, c.kind, c.state, c.area_code, c.household_id, c.about, c.proposed_by, c.proposed_at, c.ended_at,
           p.county || '-' || p.id AS publicity_id, p.ends_at AS notice_ends_at, p.objections_open,
           stage.behind_notice AND NOT (p.ends_at <= :now::timestamptz AND NOT p.gate_shut) AS held_by_notice,
           EXISTS (SELECT 1
                   FROM held
                   WHERE held.role = ANY (stage.roles)
                     AND (starts_with(c.area_code, held.area_code) OR held.organisation_id = c.household_id)) AS mine,
           EXISTS (SELECT 1
                   FROM case_steps AS t
                   WHERE t.county = c.county
                     AND t.case_id = c.id
                     AND t.actor_id = :actor_id::uuid
                     AND t.step = ANY (stage.apart)) AS own_entry
    FROM cases AS c
    LEFT JOIN stage
           ON stage.kind = c.kind
          AND stage.one_notice = c.one_notice
          AND stage.step = c.state
    LEFT JOIN publicities AS p
           ON p.county = c.county
          AND p.id = c.publicity_id
    WHERE c.county = :county
      AND (area_within(c.area_code, :actor_areas::text[]) OR c.household_id = ANY (:actor_organisations::uuid[]))
      AND (:area::text IS NULL OR starts_with(c.area_code, :area::text))
      AND (:kind::text IS NULL OR c.kind = :kind::text)
      AND (:household_id::uuid IS NULL OR c.household_id = :household_id::uuid)
      AND CASE :state::text
              WHEN 'open' THEN c.ended_at IS NULL
              WHEN 'ended' THEN c.ended_at IS NOT NULL
              ELSE :state::text IS NULL OR c.state = :state::text
          END
      AND (:waiting::boolean IS NOT TRUE OR c.ended_at IS NULL)
      AND (:cursor::uuid IS NULL OR c.id < :cursor::uuid)
)
SELECT seen.county || '-' || seen.id AS case_id,
       seen.kind,
       seen.state,
       seen.area_code,
       a.name AS area_name,
       h.county || '-' || h.id AS household_id,
       h.card_number,
       h.head_name_masked,
       seen.about,
       seen.proposed_at,
       who.display_name AS proposed_by,
       seen.ended_at,
       seen.publicity_id,
       seen.notice_ends_at,
       seen.objections_open,
       seen.mine AND NOT seen.own_entry AS waits_for_me,
       CASE
           WHEN seen.ended_at IS NOT NULL THEN NULL
           WHEN NOT seen.mine THEN 'not-mine'
           WHEN seen.own_entry THEN 'own-entry'
           WHEN seen.held_by_notice THEN 'notice-open'
       END AS blocked_by,
       seen.id::text AS cursor
FROM seen
JOIN areas AS a
  ON a.code = seen.area_code
LEFT JOIN households AS h
       ON h.county = seen.county
      AND h.id = seen.household_id
LEFT JOIN accounts_names AS who
       ON who.id = seen.proposed_by
WHERE :waiting::boolean IS NULL
   OR (seen.mine AND NOT seen.own_entry AND seen.held_by_notice IS NOT TRUE) = :waiting::boolean
ORDER BY seen.id DESC
LIMIT :limit::bigint
