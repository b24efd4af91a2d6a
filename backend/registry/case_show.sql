-- One case: what shall change and why, its whole way with who took which step when, and whether the next one is the caller's to take.
WITH stage AS MATERIALIZED (
    SELECT s.kind, s.one_notice, s.place, s.step, s.roles, s.apart, s.behind_notice
    FROM jsonb_to_recordset(:stages::jsonb) AS s (
        kind text, one_notice boolean, place int, step text, roles text[], apart text[], behind_notice boolean)
), held AS MATERIALIZED (
    SELECT role, area_code, organisation_id
    FROM accounts_roles_in_force
    WHERE account_id = :actor_id::uuid
      AND valid_from <= :today::date
      AND (valid_to IS NULL OR valid_to > :today::date)
)
SELECT c.county || '-' || c.id AS case_id,
       c.kind,
       c.state,
       c.area_code,
       a.name AS area_name,
       h.county || '-' || h.id AS household_id,
       h.card_number,
       h.head_name_masked,
       c.one_notice,
       c.reason,
       c.about,
       c.proposed_at,
       who.display_name AS proposed_by,
       c.proposed_by = :actor_id::uuid AS is_own_entry,
       c.ended_at,
       p.county || '-' || p.id AS publicity_id,
       p.ends_at AS notice_ends_at,
       p.objections_open,
       p.objections_upheld,
       p.clock_stopped_at,
       to_json(now_at.roles) AS waits_for_roles,
       CASE
           WHEN c.ended_at IS NOT NULL THEN NULL
           WHEN NOT EXISTS (SELECT 1
                            FROM held
                            WHERE held.role = ANY (now_at.roles)
                              AND (starts_with(c.area_code, held.area_code) OR held.organisation_id = c.household_id)) THEN 'not-mine'
           WHEN EXISTS (SELECT 1
                        FROM case_steps AS t
                        WHERE t.county = c.county
                          AND t.case_id = c.id
                          AND t.actor_id = :actor_id::uuid
                          AND t.step = ANY (now_at.apart)) THEN 'own-entry'
           WHEN now_at.behind_notice AND NOT (p.ends_at <= :now::timestamptz AND NOT p.gate_shut) THEN 'notice-open'
       END AS blocked_by,
       (SELECT json_agg(json_build_object('step', s.step, 'roles', s.roles, 'behind_notice', s.behind_notice, 'at', t.at,
                                          'actor', taker.display_name, 'accepted', t.accepted, 'note', t.note, 'votes_present', t.votes_present,
                                          'votes_for', t.votes_for, 'evidence', t.evidence, 'publicity_id', t.county || '-' || t.publicity_id)
                        ORDER BY s.place)
        FROM stage AS s
        LEFT JOIN case_steps AS t
               ON t.county = c.county
              AND t.case_id = c.id
              AND t.step = s.step
        LEFT JOIN accounts_names AS taker
               ON taker.id = t.actor_id
        WHERE s.kind = c.kind
          AND s.one_notice = c.one_notice) AS steps,
       (SELECT coalesce(json_agg(json_build_object('guarantee', g.guarantee, 'evidence', g.evidence, 'seen_on', g.seen_on)
                                 ORDER BY g.guarantee), '[]')
        FROM case_guarantees AS g
        WHERE g.county = c.county
          AND g.case_id = c.id) AS guarantees,
       c.version
FROM cases AS c
JOIN areas AS a
  ON a.code = c.area_code
LEFT JOIN households AS h
       ON h.county = c.county
      AND h.id = c.household_id
LEFT JOIN accounts_names AS who
       ON who.id = c.proposed_by
LEFT JOIN publicities AS p
       ON p.county = c.county
      AND p.id = c.publicity_id
LEFT JOIN stage AS now_at
       ON now_at.kind = c.kind
      AND now_at.one_notice = c.one_notice
      AND now_at.step = c.state
WHERE c.county = :case_county
  AND c.id = :case_id::uuid
  AND (area_within(c.area_code, :actor_areas::text[]) OR c.household_id = ANY (:actor_organisations::uuid[]))
