-- A complaint as its complainant may see it: who handled it is not named. A number nobody has answers one row of nothing.
SELECT c.county || '-' || c.id AS complaint_id,
       c.code_for,
       c.code_hash,
       c.state,
       c.answered_at IS NOT NULL
           AND c.state IN ('answered', 'out_of_scope')
           AND c.answered_at > :now::timestamptz - make_interval(secs => :period_complaint_reopen_s::bigint) AS may_reopen,
       jsonb_build_object(
           'number', c.number, 'category', c.category, 'area_name', a.name, 'channel', c.channel, 'received_at', c.received_at,
           'state', c.state, 'answer_due_at', CASE WHEN c.state IN ('received', 'handling') THEN c.answer_due_at END,
           'is_late', c.state IN ('received', 'handling') AND c.answer_due_at < :now::timestamptz,
           'judgement', c.judgement, 'solved', c.solved, 'answer', c.answer, 'answered_at', c.answered_at,
           'referred_kind', c.referred_kind, 'referred_to', c.referred_to, 'referred_number', c.referred_number,
           'may_reopen', c.state IN ('answered', 'out_of_scope')
               AND c.answered_at > :now::timestamptz - make_interval(secs => :period_complaint_reopen_s::bigint),
           'reopen_until', c.answered_at + make_interval(secs => :period_complaint_reopen_s::bigint),
           'steps', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'at', s.at, 'words', s.words,
                                'by_office', s.actor_id IS NOT NULL) ORDER BY s.at, s.id), '[]')
                     FROM complaint_steps AS s
                     WHERE s.county = c.county
                       AND s.complaint_id = c.id
                       AND s.shown)) AS complaint
FROM (VALUES (1)) AS asked (once)
LEFT JOIN complaints AS c
       ON c.county = left(:digits::text, 6)
      AND c.number = :digits::text
LEFT JOIN areas AS a
       ON a.code = c.area_code
