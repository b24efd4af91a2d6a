-- One edition of a month's statement, as it was frozen: figures with their words, what it changed, who, and the text behind its hash.
SELECT s.county || '-' || s.id AS statement_id,
       s.county,
       a.name AS county_name,
       to_char(s.month, 'YYYY-MM') AS month,
       s.edition,
       s.state,
       s.formula,
       s.as_of,
       s.reconciled,
       s.reason,
       d.due_at,
       s.hash,
       s.previous_hash,
       s.canonical,
       prepared.display_name AS prepared_by,
       s.prepared_by = :actor_id::uuid AS is_own_entry,
       s.prepared_at,
       submitted.display_name AS submitted_by,
       s.submitted_at,
       s.submitted_at > d.due_at AND s.edition = 1 AS is_late,
       s.withdrawn_at,
       (SELECT json_agg(json_build_object('name', f.name, 'level', f.level, 'label', CASE WHEN :language = 'en' THEN f.name_en ELSE f.name_zh END,
                                          'meaning', CASE WHEN :language = 'en' THEN f.meaning_en ELSE f.meaning_zh END, 'value', v.value)
                        ORDER BY f.position)
        FROM jsonb_to_recordset(s.figures) AS v (name text, value bigint)
        JOIN statement_figures AS f
          ON f.formula = s.formula
         AND f.name = v.name) AS figures,
       s.changes,
       (SELECT json_agg(json_build_object('statement_id', e.county || '-' || e.id, 'edition', e.edition, 'state', e.state, 'reason', e.reason,
                                          'prepared_at', e.prepared_at, 'submitted_at', e.submitted_at, 'hash', e.hash)
                        ORDER BY e.edition, e.prepared_at)
        FROM county_statements AS e
        WHERE e.county = s.county
          AND e.month = s.month
          AND e.state <> 'withdrawn') AS editions,
       s.version
FROM county_statements AS s
JOIN areas AS a
  ON a.code = s.county
LEFT JOIN statement_duties AS d
       ON d.county = s.county
      AND d.month = s.month
LEFT JOIN accounts AS prepared
       ON prepared.id = s.prepared_by
LEFT JOIN accounts AS submitted
       ON submitted.id = s.submitted_by
WHERE s.county = :statement_county
  AND s.id = :statement_id::uuid
  AND area_within(s.county, :actor_areas::text[])
