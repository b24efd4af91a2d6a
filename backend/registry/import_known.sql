-- The households of a county by card, in byte order, with every rule a finding was ever opened for.
SELECT h.card_number,
       h.id AS household_id,
       f.rules
FROM households AS h
LEFT JOIN (SELECT county, subject_id, string_agg(DISTINCT rule, ' ') AS rules
           FROM findings
           WHERE county = :county
             AND subject_kind = 'households'
           GROUP BY county, subject_id) AS f
       ON f.county = h.county
      AND f.subject_id = h.id
WHERE h.county = :county
ORDER BY h.card_number COLLATE "C"
