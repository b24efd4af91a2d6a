-- What a household said from its passbook, newest first, with what it was answered.
SELECT c.number,
       c.category,
       c.received_at,
       c.state,
       c.answer_due_at,
       c.judgement,
       c.solved,
       c.answer,
       c.answered_at,
       c.county || '-' || c.subject_id AS subject_id,
       c.id::text AS cursor
FROM complaints AS c
WHERE c.raised_by = :actor_id::uuid
  AND (:cursor::text IS NULL OR c.id < :cursor::uuid)
ORDER BY c.id DESC
LIMIT :limit::int
