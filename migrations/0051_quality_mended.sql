-- The quality rules where they were too wide: no status means never registered, unless something says that there should be one. What a file
-- has named is not named twice, and what came back after it was mended is found again.
ALTER TABLE quality_rules ADD COLUMN names text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN quality_rules.names IS 'rules, its own among them, whose findings tell of the same: a file names some errors more closely';
UPDATE quality_rules AS r
SET names = ARRAY[r.name] || coalesce(file.names, '{}')
FROM quality_rules AS own
LEFT JOIN (
    VALUES ('head_missing', ARRAY['relation_missing']),
           ('id_number_missing', ARRAY['id_number_invalid']),
           ('people_listed_many', ARRAY['people_per_household']),
           ('income_recorded_implausible', ARRAY['income_implausible']),
           ('birthday_implausible', ARRAY['value_out_of_range']),
           ('id_number_held', ARRAY['id_number_repeated'])
) AS file (name, names)
       ON file.name = own.name
WHERE own.name = r.name;
ALTER TABLE quality_rules ADD CONSTRAINT quality_rules_names__invalid CHECK (name = ANY (names));

-- owner: findings
ALTER TABLE findings ADD COLUMN gone_at timestamptz;
COMMENT ON COLUMN findings.gone_at IS 'of one closed by a person: when the register was seen to keep the rule, so that its coming back is news; null: closed as it stands';
GRANT UPDATE (gone_at) ON findings TO shanhuo_app;

-- No day of today in it: what breaks a rule breaks it until the row is mended, so a recheck asks the very same.
DROP VIEW registry_quality_problems;
CREATE VIEW registry_quality_problems AS
WITH present AS NOT MATERIALIZED (
    SELECT county, household_id, id, relation, id_number_index, birth_on, valid_from
    FROM members
    WHERE valid_to IS NULL
), broken AS NOT MATERIALIZED (
    SELECT h.county, h.id AS household_id, 'status_missing' AS rule
    FROM households AS h
    WHERE NOT EXISTS (SELECT FROM household_statuses AS s
                      WHERE s.county = h.county AND s.household_id = h.id AND upper_inf(s.known))
      AND (EXISTS (SELECT FROM household_statuses AS s
                   WHERE s.county = h.county AND s.household_id = h.id)
           OR EXISTS (SELECT FROM cases AS c
                      WHERE c.county = h.county AND c.household_id = h.id AND c.state = 'done'
                        AND c.kind IN ('entry', 'recognition', 'exit', 'return', 'correction'))
           OR (h.cause IS NOT NULL
               AND NOT EXISTS (SELECT FROM cases AS c
                               WHERE c.county = h.county AND c.household_id = h.id AND c.kind IN ('entry', 'recognition'))))
    UNION ALL
    SELECT h.county, h.id, 'cause_missing'
    FROM households AS h
    WHERE h.cause IS NULL
      AND EXISTS (SELECT FROM household_statuses AS s
                  WHERE s.county = h.county AND s.household_id = h.id AND upper_inf(s.known) AND upper_inf(s.valid)
                    AND s.status IN ('registered', 'returned'))
    UNION ALL
    SELECT county, household_id, 'head_missing'
    FROM present
    GROUP BY county, household_id
    HAVING count(*) FILTER (WHERE relation = 'head') = 0
    UNION ALL
    SELECT h.county, h.id, 'members_missing'
    FROM households AS h
    WHERE NOT EXISTS (SELECT FROM present AS m WHERE m.county = h.county AND m.household_id = h.id)
    UNION ALL
    SELECT DISTINCT county, household_id, 'id_number_missing'
    FROM present
    WHERE id_number_index IS NULL
    UNION ALL
    SELECT county, household_id, 'people_listed_many'
    FROM present
    GROUP BY county, household_id
    HAVING count(*) > 15
    UNION ALL
    SELECT b.county, b.household_id, 'income_recorded_implausible'
    FROM income_baselines AS b
    GROUP BY b.county, b.household_id, b.year, b.concept
    HAVING sum(b.amount_fen) > 50000000 * greatest(1, (SELECT count(*) FROM present AS m WHERE m.county = b.county AND m.household_id = b.household_id))
    UNION ALL
    SELECT DISTINCT county, household_id, 'birthday_implausible'
    FROM present
    WHERE birth_on < DATE '1900-01-01' OR birth_on > valid_from
    UNION ALL
    SELECT county, household_id, 'heads_several'
    FROM present
    GROUP BY county, household_id
    HAVING count(*) FILTER (WHERE relation = 'head') > 1
    UNION ALL
    SELECT DISTINCT m.county, m.household_id, 'ages_contradict_relation'
    FROM present AS m
    JOIN present AS head
      ON head.county = m.county
     AND head.household_id = m.household_id
     AND head.relation = 'head'
    WHERE (m.relation IN ('child', 'grandchild') AND m.birth_on <= head.birth_on)
       OR (m.relation IN ('parent', 'grandparent') AND m.birth_on >= head.birth_on)
    UNION ALL
    SELECT DISTINCT b.county, b.household_id, 'baseline_before_its_year'
    FROM income_baselines AS b
    WHERE b.collected_on < make_date(b.year, 1, 1)
    UNION ALL
    SELECT DISTINCT m.county, m.household_id, 'id_number_held'
    FROM present AS m
    JOIN present AS other
      ON other.id_number_index = m.id_number_index
     AND (other.county, other.household_id) <> (m.county, m.household_id)
)
SELECT DISTINCT county, household_id, rule
FROM broken;
COMMENT ON VIEW registry_quality_problems IS 'Households of the register with the quality rules they break.';
GRANT SELECT ON registry_quality_problems TO shanhuo_app;

-- "In 2013 … up 13 % over 2013" stood in print: a year is never dearer than itself. Rows entered before are left as they are.
ALTER TABLE price_factors ADD CONSTRAINT price_factors_period__invalid CHECK (base_year < year OR factor_ppm = 1000000) NOT VALID;
