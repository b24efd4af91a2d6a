-- What the register says against rows of a looking-back: a card it does not have, or a status it already holds from that day on.
SELECT r.number,
       CASE WHEN h.id IS NULL THEN 'not-found' ELSE 'unchanged' END AS code
FROM jsonb_to_recordset(:rows::jsonb) AS r (number bigint, card_number text, status text, valid_from date)
LEFT JOIN households AS h
       ON h.county = :county
      AND h.card_number = r.card_number
LEFT JOIN household_statuses AS s
       ON s.county = h.county
      AND s.household_id = h.id
      AND s.valid @> r.valid_from
      AND upper_inf(s.known)
      AND upper_inf(s.valid)
WHERE h.id IS NULL
   OR coalesce(s.status, 'never_registered') = r.status
ORDER BY r.number
