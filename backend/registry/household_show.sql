-- One household card: masked members, status history, baselines, agreements, open findings; with known_on as the register knew it then.
SELECT h.county || '-' || h.id AS household_id,
       h.card_number,
       h.head_name_masked,
       h.phone_masked,
       h.payee_bank,
       h.payee_account_masked,
       a.code AS area_code,
       a.name AS area_name,
       h.cause,
       h.degree,
       h.land_mu_hundredths,
       h.consent_on,
       su.county || '-' || su.id AS supplier_id,
       h.version,
       (SELECT coalesce(json_agg(json_build_object('member_id', m.county || '-' || m.id, 'relation', m.relation, 'name_masked', m.name_masked,
                   'id_number_masked', m.id_number_masked, 'resident', m.resident, 'work_ability', m.work_ability,
                   'valid_from', m.valid_from,
                   'valid_to', CASE WHEN m.end_known_at IS NULL OR m.end_known_at <= asked.known_at THEN m.valid_to END) ORDER BY m.id), '[]'::json)
        FROM members AS m
        WHERE m.county = h.county
          AND m.household_id = h.id
          AND (m.known_at IS NULL OR m.known_at <= asked.known_at)) AS members,
       (SELECT coalesce(json_agg(json_build_object('status', s.status, 'valid_from', lower(s.valid), 'valid_to', upper(s.valid),
                   'known_from', lower(s.known),
                   'known_to', CASE WHEN upper(s.known) <= asked.known_at THEN upper(s.known) END, 'reason', s.reason, 'source', s.source,
                   'origin', s.origin)
                   ORDER BY lower(s.known), lower(s.valid)), '[]'::json)
        FROM household_statuses AS s
        WHERE s.county = h.county
          AND s.household_id = h.id
          AND lower(s.known) <= asked.known_at) AS statuses,
       (SELECT coalesce(json_agg(json_build_object('year', b.year, 'kind', b.kind, 'category_code', b.category_code, 'amount_fen', b.amount_fen,
                   'concept', b.concept, 'method', b.method, 'full_survey', b.full_survey, 'source', b.source) ORDER BY b.year, b.id), '[]'::json)
        FROM income_baselines AS b
        WHERE b.county = h.county
          AND b.household_id = h.id) AS baselines,
       (SELECT coalesce(json_agg(json_build_object('agreement_id', l.county || '-' || l.id, 'mode', l.mode, 'state', l.state,
                   'valid_from', l.valid_from, 'valid_to', l.valid_to) ORDER BY l.id), '[]'::json)
        FROM link_agreements AS l
        WHERE l.county = h.county
          AND l.household_id = h.id) AS agreements,
       (SELECT coalesce(json_agg(json_build_object('finding_id', f.county || '-' || f.id, 'class', f.class, 'rule', f.rule, 'state', f.state)
                   ORDER BY f.id), '[]'::json)
        FROM findings AS f
        WHERE f.county = h.county
          AND f.subject_id = h.id
          AND f.state <> 'closed') AS findings,
       (SELECT coalesce(json_agg(json_build_object('account_id', w.account_id, 'name', n.display_name, 'valid_from', lower(w.valid),
                   'valid_to', upper(w.valid)) ORDER BY lower(w.valid) DESC), '[]'::json)
        FROM household_helpers AS w
        LEFT JOIN accounts_names AS n
               ON n.id = w.account_id
        WHERE w.county = h.county
          AND w.household_id = h.id) AS helpers,
       (SELECT coalesce(json_agg(json_build_object('account_id', g.account_id, 'name', n.display_name, 'valid_from', g.valid_from,
                   'valid_to', g.valid_to) ORDER BY g.valid_from, g.account_id), '[]'::json)
        FROM accounts_roles_in_force AS g
        JOIN accounts_names AS n
          ON n.id = g.account_id
        WHERE g.role = 'team'
          AND starts_with(a.code, g.area_code)) AS team
FROM households AS h
CROSS JOIN (SELECT least(day_end(:known_on::date), :now::timestamptz) AS known_at, coalesce(:known_on::date, :today::date) AS on_day) AS asked
LEFT JOIN household_places AS p
       ON p.county = h.county
      AND p.household_id = h.id
      AND p.valid @> asked.on_day
      AND p.known @> asked.known_at
      AND :known_on::date IS NOT NULL
JOIN areas AS a
  ON a.code = coalesce(p.area_code, h.area_code)
LEFT JOIN suppliers AS su
       ON su.county = h.county
      AND su.household_id = h.id
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
