-- Facts for sharing out a pool by an organisation's rule: who takes part on the last day, by agreements of the rule's purpose, by membership,
-- or by the entries of posts; and the collective of each of their villages.
WITH supplier AS MATERIALIZED (
    SELECT s.county, s.id
    FROM suppliers AS s
    WHERE s.county = :supplier_county
      AND s.id = :supplier_id::uuid
      AND s.kind <> 'household'
      AND (area_within(s.county, :actor_areas::text[]) OR s.id = ANY (:actor_organisations::uuid[]))
), rule AS MATERIALIZED (
    SELECT r.county, r.purpose, r.kind, r.retain_ppm, r.steps,
           r.decided_at IS NOT NULL AND NOT r.refused AND r.valid_from <= coalesce(:to_on::date, :today::date) AS in_force
    FROM supplier
    JOIN distribution_rules AS r
      ON r.county = supplier.county
     AND r.supplier_id = supplier.id
     AND r.version = :rule_version::int
), asked AS MATERIALIZED (
    SELECT supplier.county, supplier.id, coalesce(rule.purpose, :body::jsonb ->> 'purpose') AS purpose,
           coalesce(:from_on::date, :to_on::date, :today::date) AS from_on, coalesce(:to_on::date, :today::date) AS to_on
    FROM supplier
    LEFT JOIN rule
           ON rule.county = supplier.county
), entry AS MATERIALIZED (
    SELECT e.household_county AS county, e.household_id, e.units_hundredths, e.grade
    FROM jsonb_to_recordset(coalesce(:body::jsonb -> 'entries', '[]')) AS e (
        household_county text, household_id uuid, units_hundredths bigint, grade int)
), taking AS MATERIALIZED (
    (SELECT DISTINCT ON (l.county, l.household_id) l.county, l.household_id, 0::bigint AS shares, coalesce(l.rate_fen, 0) AS rate_fen,
            coalesce(l.units_hundredths, 0) AS units_hundredths
     FROM asked
     JOIN link_agreements AS l
       ON l.county = asked.county
      AND l.counterparty_id = asked.id
      AND l.mode = asked.purpose
     WHERE asked.purpose IN ('wage', 'rent', 'trusteeship')
       AND l.state IN ('in_force', 'ended')
       AND l.valid_from <= asked.to_on
       AND (l.valid_to IS NULL OR l.valid_to > asked.from_on)
     ORDER BY l.county, l.household_id, l.signed_at DESC, l.id)
    UNION ALL
    SELECT m.county, m.household_id, m.shares, 0, 0
    FROM asked
    JOIN memberships AS m
      ON m.county = asked.county
     AND m.supplier_id = asked.id
    WHERE asked.purpose IN ('dividend', 'sale')
      AND m.valid_from <= asked.to_on
      AND (m.valid_to IS NULL OR m.valid_to > asked.to_on)
    UNION ALL
    SELECT DISTINCT asked.county, entry.household_id, 0::bigint, 0::bigint, 100::bigint
    FROM asked
    JOIN entry
      ON entry.county = asked.county
    WHERE asked.purpose = 'post_subsidy'
), member AS MATERIALIZED (
    SELECT t.county, t.household_id, t.shares, t.rate_fen, coalesce(entry.units_hundredths, t.units_hundredths) AS units_hundredths,
           coalesce(entry.grade, 0) AS grade, entry.household_id IS NOT NULL AS entered
    FROM taking AS t
    LEFT JOIN entry
           ON entry.county = t.county
          AND entry.household_id = t.household_id
), resident AS MATERIALIZED (
    SELECT m.county, m.household_id, count(*) AS heads
    FROM (SELECT DISTINCT county, household_id FROM member) AS t
    JOIN members AS m
      ON m.county = t.county
     AND m.household_id = t.household_id
    CROSS JOIN asked
    WHERE m.resident
      AND m.valid_from <= asked.to_on
      AND (m.valid_to IS NULL OR m.valid_to > asked.to_on)
    GROUP BY m.county, m.household_id
), household AS MATERIALIZED (
    SELECT member.county, member.household_id, h.area_code, a.name AS area_name, h.head_name_masked, h.card_number, member.shares, member.rate_fen,
           member.units_hundredths, member.grade, member.entered, coalesce(resident.heads, 0) AS heads,
           coalesce(t.status IN ('registered', 'exited_supported', 'returned'), false) AS registered
    FROM member
    JOIN households AS h
      ON h.county = member.county
     AND h.id = member.household_id
    JOIN areas AS a
      ON a.code = h.area_code
    CROSS JOIN asked
    LEFT JOIN resident
           ON resident.county = member.county
          AND resident.household_id = member.household_id
    LEFT JOIN household_statuses AS t
           ON t.county = member.county
          AND t.household_id = member.household_id
          AND t.valid @> asked.to_on
          AND t.known @> :now::timestamptz
), village AS MATERIALIZED (
    SELECT DISTINCT county, area_code, area_name
    FROM household
), collective AS MATERIALIZED (
    SELECT DISTINCT ON (s.county, s.area_code) s.county, s.area_code, s.id, s.name
    FROM suppliers AS s
    JOIN village
      ON village.county = s.county
     AND village.area_code = s.area_code
    WHERE s.kind = 'collective'
      AND s.state = 'active'
    ORDER BY s.county, s.area_code, s.id
)
SELECT supplier.county,
       rule.purpose AS rule_purpose,
       rule.kind AS rule_kind,
       rule.retain_ppm,
       coalesce(rule.in_force, false) AS rule_in_force,
       coalesce(rule.steps, '[]') AS steps,
       (SELECT coalesce(json_agg(json_build_object('household_id', household_id, 'area_code', area_code, 'area_name', area_name,
                   'name', head_name_masked, 'card_number', card_number, 'registered', registered, 'shares', shares, 'heads', heads,
                   'units_hundredths', units_hundredths, 'grade', grade, 'rate_fen', rate_fen, 'entered', entered)), '[]')
        FROM household) AS members,
       (SELECT coalesce(json_agg(json_build_object('area_code', village.area_code, 'area_name', village.area_name, 'name', c.name,
                   'supplier_id', c.id)), '[]')
        FROM village
        LEFT JOIN collective AS c
               ON c.county = village.county
              AND c.area_code = village.area_code) AS collectives,
       (SELECT coalesce(sum(d.amount_fen), 0)::bigint
        FROM dues AS d
        WHERE d.county = supplier.county
          AND d.payee_kind = 'supplier'
          AND d.payee_id = supplier.id
          AND d.state = 'payable') AS available_fen,
       EXISTS (SELECT 1
               FROM payers AS p
               WHERE p.county = supplier.county
                 AND p.id = :payer_id::uuid) AS payer_found
FROM supplier
LEFT JOIN rule
       ON rule.county = supplier.county
