-- A complaint that shall be passed on, and whether the other county is one.
SELECT c.county || '-' || c.id AS complaint_id,
       c.name_sealed,
       c.contact_sealed,
       EXISTS (SELECT
               FROM areas AS a
               WHERE a.code = :area_code::text
                 AND a.kind = 'county'
                 AND a.valid_to IS NULL
                 AND a.code <> c.county) AS is_county
FROM complaints AS c
WHERE c.county = :complaint_county
  AND c.id = :complaint_id::uuid
  AND area_within(c.county, :actor_areas::text[])
  AND NOT EXISTS (SELECT
                  FROM complaint_parties AS p
                  WHERE p.county = c.county
                    AND p.complaint_id = c.id
                    AND p.account_id = :actor_id::uuid)
