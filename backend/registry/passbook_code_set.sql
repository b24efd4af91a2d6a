-- Keeps the hash of the code on a household's new slip; the slip before it opens nothing any more.
UPDATE households AS h
SET passbook_code_hash = p.code_hash,
    version = h.version + 1
FROM jsonb_to_record(:plan::jsonb) AS p (household_county text, household_id uuid, code_hash text)
WHERE h.county = p.household_county
  AND h.id = p.household_id
