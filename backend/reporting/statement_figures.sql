-- One edition of a month's statement on paper: a line a figure, money and counts in columns of their own.
SELECT f.label,
       f.level,
       CASE WHEN f.name LIKE '%\_fen' THEN f.value END AS amount_fen,
       CASE WHEN f.name NOT LIKE '%\_fen' THEN f.value END AS value_count,
       f.meaning,
       f.county AS area,
       f.month,
       f.edition AS statement_edition,
       f.state AS statement_state,
       f.formula,
       f.as_of,
       CASE f.reconciled
           WHEN 'equal' THEN CASE WHEN :language = 'en' THEN 'reconciles' ELSE '账实相符' END
           WHEN 'different' THEN CASE WHEN :language = 'en' THEN 'DOES NOT RECONCILE' ELSE '账实不符' END
           ELSE CASE WHEN :language = 'en' THEN 'books not compared yet' ELSE '账实尚未核对' END
       END AS reconciliation_words,
       f.reason AS statement_reason,
       f.hash AS statement_hash,
       f.submitted_at AS handed_in_at,
       f.position::text AS cursor
FROM (SELECT d.position, d.name, CASE WHEN :language = 'en' THEN d.name_en ELSE d.name_zh END AS label, d.level,
             CASE WHEN :language = 'en' THEN d.meaning_en ELSE d.meaning_zh END AS meaning, v.value, s.county, to_char(s.month, 'YYYY-MM') AS month,
             s.edition, s.state, s.formula, s.as_of, s.reconciled, s.reason, s.hash, s.submitted_at
      FROM county_statements AS s
      CROSS JOIN LATERAL jsonb_to_recordset(s.figures) AS v (name text, value bigint)
      JOIN statement_figures AS d
        ON d.formula = s.formula
       AND d.name = v.name
      WHERE s.county = :statement_county
        AND s.id = :statement_id::uuid
        AND area_within(s.county, :actor_areas::text[])) AS f
WHERE :cursor::text IS NULL
   OR f.position > :cursor::int
ORDER BY f.position
LIMIT :limit::int
