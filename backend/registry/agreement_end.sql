-- Ends an agreement in force; past sales keep what they were.
WITH agreement AS (
    SELECT l.county, l.id, l.state, l.valid_from
    FROM link_agreements AS l
    WHERE l.county = :agreement_county
      AND l.id = :agreement_id::uuid
      AND (area_within(l.county, :actor_areas::text[]) OR l.counterparty_id = ANY (:actor_organisations::uuid[]))
), ended AS (
    UPDATE link_agreements AS l
    SET state = 'ended',
        valid_to = greatest(:today::date, agreement.valid_from + 1),
        version = l.version + 1
    FROM agreement
    WHERE l.county = agreement.county
      AND l.id = agreement.id
      AND l.state = 'in_force'
    RETURNING l.county, l.id, l.state, l.valid_to, l.version
)
SELECT CASE WHEN ended.id IS NULL THEN 'wrong-state' END AS problem,
       agreement.county || '-' || agreement.id AS agreement_id,
       ended.state,
       ended.valid_to,
       ended.version
FROM agreement
LEFT JOIN ended
       ON ended.county = agreement.county
      AND ended.id = agreement.id
