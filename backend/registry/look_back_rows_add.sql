-- Adds rows of a looking-back, each with what its household is held to be today.
INSERT INTO look_back_rows (county, look_back_id, household_id, status_before, status, valid_from, reason)
SELECT h.county, :look_back_id::uuid, h.id, coalesce(s.status, 'never_registered'), r.status, r.valid_from, r.reason
FROM jsonb_to_recordset(:rows::jsonb) AS r (card_number text, status text, valid_from date, reason text)
JOIN households AS h
  ON h.county = :county
 AND h.card_number = r.card_number
LEFT JOIN household_statuses AS s
       ON s.county = h.county
      AND s.household_id = h.id
      AND s.valid @> :today::date
      AND upper_inf(s.known)
