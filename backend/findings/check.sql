-- Opens a finding for each household that breaks a quality rule, unless one is waiting, or a person has looked and agreed that it is so.
-- Nightly and on demand; never again what was closed by hand, or true exceptions would come back every night.
WITH opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, blocks_counting, opened_at)
    SELECT p.county, gen_random_uuid(), r.class, r.name, p.area_code, 'households', p.household_id, r.blocks_counting, :now::timestamptz
    FROM registry_quality_problems AS p
    JOIN quality_rules AS r
      ON r.name = p.rule
    WHERE (:county::text IS NULL OR p.county = :county::text)
      AND NOT EXISTS (
          SELECT
          FROM findings AS f
          WHERE f.county = p.county
            AND f.subject_id = p.household_id
            AND f.rule = p.rule
            AND (f.state <> 'closed' OR f.closed_by IS NOT NULL))
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING id
)
SELECT count(*) AS opened_count
FROM opened
