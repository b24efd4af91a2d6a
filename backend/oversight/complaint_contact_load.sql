-- Who complained, sealed: for its handler only.
SELECT c.county || '-' || c.id AS complaint_id,
       c.name_sealed AS name,
       c.contact_sealed AS contact
FROM complaints AS c
WHERE c.county = :complaint_county
  AND c.id = :complaint_id::uuid
  AND c.assigned_to = :actor_id::uuid
  AND c.state = 'handling'
  AND COALESCE(c.name_sealed, c.contact_sealed) IS NOT NULL
  AND NOT EXISTS (SELECT
                  FROM complaint_parties AS p
                  WHERE p.county = c.county
                    AND p.complaint_id = c.id
                    AND p.account_id = :actor_id::uuid)
