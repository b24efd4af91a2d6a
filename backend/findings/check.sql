-- Opens a finding for each household that breaks a quality rule, unless one is waiting, or a person has looked and agreed that it is so.
-- After imports, nightly and on demand; what was closed by hand comes back only when it was gone meanwhile, or true exceptions would
-- come back every night.
WITH broken AS MATERIALIZED (
    SELECT p.county, p.household_id, p.rule
    FROM registry_quality_problems AS p
    WHERE :county::text IS NULL
       OR p.county = :county::text
), gone AS (
    UPDATE findings AS f
    SET gone_at = :now::timestamptz
    FROM quality_rules AS r
    WHERE f.state = 'closed'
      AND f.closed_by IS NOT NULL
      AND f.gone_at IS NULL
      AND f.subject_kind = 'households'
      AND f.rule = ANY (r.names)
      AND (:county::text IS NULL OR f.county = :county::text)
      AND NOT EXISTS (
          SELECT
          FROM broken AS b
          WHERE b.county = f.county
            AND b.household_id = f.subject_id
            AND b.rule = r.name)
), opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, blocks_counting, opened_at)
    SELECT b.county, gen_random_uuid(), r.class, r.name, h.area_code, 'households', b.household_id, r.blocks_counting, :now::timestamptz
    FROM broken AS b
    JOIN quality_rules AS r
      ON r.name = b.rule
    JOIN registry_households_masked AS h
      ON h.county = b.county
     AND h.id = b.household_id
    WHERE NOT EXISTS (
        SELECT
        FROM findings AS f
        WHERE f.county = b.county
          AND f.subject_id = b.household_id
          AND f.rule = ANY (r.names)
          AND (f.state <> 'closed' OR (f.closed_by IS NOT NULL AND f.gone_at IS NULL)))
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
    FROM opened
)
SELECT count(*) AS opened_count
FROM opened
