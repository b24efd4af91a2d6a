-- Data-quality rules over what the register holds: by name, in the four classes of the sources. The file's own rules stand in C.

-- owner: findings
CREATE TABLE quality_rules (
    name text NOT NULL,
    class text NOT NULL,
    ordinal int NOT NULL,
    blocks_counting boolean NOT NULL,
    CONSTRAINT quality_rules_pkey PRIMARY KEY (name),
    CONSTRAINT quality_rules_class__invalid CHECK (class IN ('missing_key_field', 'abnormal_value', 'contradiction', 'repeated_id_number'))
);
CALL describe('quality_rules', 'Rules every household of the register must keep, checked nightly, on demand and on recheck.', '
name | rule, as in findings.rule
class | one of the four classes
ordinal | order in lists
blocks_counting | whether a household that breaks it is kept from being counted
');
INSERT INTO quality_rules (name, class, ordinal, blocks_counting)
VALUES
    ('status_missing', 'missing_key_field', 1, true),
    ('cause_missing', 'missing_key_field', 2, true),
    ('head_missing', 'missing_key_field', 3, true),
    ('members_missing', 'missing_key_field', 4, true),
    ('id_number_missing', 'missing_key_field', 5, true),
    ('people_listed_many', 'abnormal_value', 6, true),
    ('income_recorded_implausible', 'abnormal_value', 7, true),
    ('birthday_implausible', 'abnormal_value', 8, true),
    ('heads_several', 'contradiction', 9, true),
    ('ages_contradict_relation', 'contradiction', 10, true),
    ('baseline_before_its_year', 'contradiction', 11, true),
    ('id_number_held', 'repeated_id_number', 12, true);

CREATE INDEX members_present_by_id_number ON members (id_number_index) WHERE valid_to IS NULL;

-- No day of today in it: what breaks a rule breaks it until the row is mended, so a recheck asks the very same.
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
SELECT DISTINCT b.county, h.area_code, b.household_id, b.rule
FROM broken AS b
JOIN households AS h
  ON h.county = b.county
 AND h.id = b.household_id;
COMMENT ON VIEW registry_quality_problems IS 'Households of the register with the quality rules they break.';

GRANT SELECT ON quality_rules, registry_quality_problems TO shanhuo_app;
