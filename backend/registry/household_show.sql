-- One household card: masked members, status history, baselines, agreements, open findings.
SELECT h.county || '-' || h.id AS household_id,
       h.card_number,
       h.head_name_masked,
       h.phone_masked,
       h.payee_bank,
       h.payee_account_masked,
       h.area_code,
       a.name AS area_name,
       h.cause,
       h.degree,
       h.land_mu_hundredths,
       h.consent_on,
       su.county || '-' || su.id AS supplier_id,
       h.version,
       (SELECT coalesce(json_agg(json_build_object('member_id', m.county || '-' || m.id, 'relation', m.relation, 'name_masked', m.name_masked,
                   'id_number_masked', m.id_number_masked, 'resident', m.resident, 'work_ability', m.work_ability,
                   'valid_from', m.valid_from, 'valid_to', m.valid_to) ORDER BY m.id), '[]'::json)
        FROM members AS m
        WHERE m.county = h.county
          AND m.household_id = h.id) AS members,
       (SELECT coalesce(json_agg(json_build_object('status', s.status, 'valid_from', lower(s.valid), 'valid_to', upper(s.valid),
                   'known_from', lower(s.known), 'known_to', upper(s.known), 'reason', s.reason, 'source', s.source)
                   ORDER BY lower(s.known), lower(s.valid)), '[]'::json)
        FROM household_statuses AS s
        WHERE s.county = h.county
          AND s.household_id = h.id) AS statuses,
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
          AND f.state <> 'closed') AS findings
FROM households AS h
JOIN areas AS a
  ON a.code = h.area_code
LEFT JOIN suppliers AS su
       ON su.county = h.county
      AND su.household_id = h.id
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
