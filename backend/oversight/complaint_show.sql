-- One complaint with its whole way, for its handlers and for who oversees them; who complained only masked.
SELECT c.county || '-' || c.id AS complaint_id,
       c.number,
       c.channel,
       c.category,
       c.about_level,
       c.area_code,
       a.name AS area_name,
       c.subject_kind,
       c.county || '-' || c.subject_id AS subject_id,
       c.words,
       c.name_masked,
       c.contact_masked,
       c.name_sealed IS NULL AND c.contact_sealed IS NULL AND c.raised_by IS NULL AS is_anonymous,
       taker.display_name AS taken_by_name,
       c.received_at,
       c.state,
       c.scope,
       c.sort_due_at,
       c.assigned_to,
       handler.display_name AS assigned_to_name,
       c.assigned_to = :actor_id::uuid AS is_mine,
       c.answered_by = :actor_id::uuid AS is_own_answer,
       c.answer_due_at,
       CASE c.state
           WHEN 'received' THEN c.sort_due_at < :now::timestamptz
           WHEN 'handling' THEN c.answer_due_at < :now::timestamptz
           ELSE false
       END AS is_late,
       c.referred_kind,
       c.referred_to,
       c.referred_number,
       c.came_from,
       c.judgement,
       c.solved,
       c.punished_count,
       c.recovered_fen,
       c.answer,
       c.answered_at,
       c.reopened_count,
       c.county || '-' || c.finding_id AS finding_id,
       (SELECT coalesce(json_agg(json_build_object('kind', s.kind, 'at', s.at, 'words', s.words, 'shown', s.shown,
                                     'actor_name', n.display_name) ORDER BY s.at, s.id), '[]')
        FROM complaint_steps AS s
        LEFT JOIN accounts_names AS n
               ON n.id = s.actor_id
        WHERE s.county = c.county
          AND s.complaint_id = c.id) AS steps,
       (SELECT coalesce(json_agg(n.display_name ORDER BY n.display_name), '[]')
        FROM complaint_parties AS p
        JOIN accounts_names AS n
          ON n.id = p.account_id
        WHERE p.county = c.county
          AND p.complaint_id = c.id) AS parties,
       c.version
FROM complaints AS c
JOIN areas AS a
  ON a.code = c.area_code
LEFT JOIN accounts_names AS taker
       ON taker.id = c.taken_by
LEFT JOIN accounts_names AS handler
       ON handler.id = c.assigned_to
WHERE c.county = :complaint_county
  AND c.id = :complaint_id::uuid
  AND (area_within(c.county, :actor_areas::text[]) OR c.assigned_to = :actor_id::uuid)
  AND NOT EXISTS (SELECT
                  FROM complaint_parties AS p
                  WHERE p.county = c.county
                    AND p.complaint_id = c.id
                    AND p.account_id = :actor_id::uuid)
