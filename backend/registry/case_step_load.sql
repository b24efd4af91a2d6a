-- Facts for a step: where the case stands, who took which step, which of the caller's roles reach it, and whether its notice is over.
WITH held AS MATERIALIZED (
    SELECT role, area_code, organisation_id
    FROM accounts_roles_in_force
    WHERE account_id = :actor_id::uuid
      AND valid_from <= :today::date
      AND (valid_to IS NULL OR valid_to > :today::date)
)
SELECT c.kind,
       c.state,
       c.one_notice,
       c.area_code,
       c.household_id,
       c.reason,
       c.publicity_id,
       coalesce(s.status, v.status, CASE WHEN c.household_id IS NULL THEN 'none' ELSE 'never_registered' END) AS status,
       coalesce(p.ends_at <= :now::timestamptz AND NOT p.gate_shut, false) AS notice_over,
       (SELECT coalesce(json_agg(json_build_object('role', held.role)), '[]')
        FROM held
        WHERE starts_with(c.area_code, held.area_code)
           OR held.organisation_id = c.household_id) AS roles,
       (SELECT coalesce(json_agg(json_build_object('step', t.step, 'actor_id', t.actor_id) ORDER BY t.at), '[]')
        FROM case_steps AS t
        WHERE t.county = c.county
          AND t.case_id = c.id) AS taken,
       c.payload -> 'statuses' -> 0 ->> 'status' AS asked_status,
       (c.payload -> 'statuses' -> 0 ->> 'valid_from')::date AS asked_valid_from,
       c.payload -> 'statuses' -> 0 ->> 'source' AS asked_source,
       coalesce((c.about ->> 'persons')::int, 0) AS persons,
       coalesce((c.about ->> 'poor_persons')::int, 0) AS poor_persons,
       c.payload -> 'members' AS members,
       c.payload -> 'findings' AS findings,
       c.payload -> 'endings' AS endings,
       c.payload -> 'moves' AS moves
FROM cases AS c
LEFT JOIN publicities AS p
       ON p.county = c.county
      AND p.id = c.publicity_id
LEFT JOIN household_statuses AS s
       ON s.county = c.county
      AND s.household_id = c.household_id
      AND s.valid @> :today::date
      AND upper_inf(s.known)
LEFT JOIN village_statuses AS v
       ON v.county = c.county
      AND v.area_code = c.area_code
      AND c.household_id IS NULL
      AND v.valid @> :today::date
      AND upper_inf(v.known)
WHERE c.county = :case_county
  AND c.id = :case_id::uuid
  AND (area_within(c.area_code, :actor_areas::text[]) OR c.household_id = ANY (:actor_organisations::uuid[]))
