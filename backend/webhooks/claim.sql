-- Takes what is due to be sent, few of one webhook at a time so that a slow receiver keeps nobody waiting. What was claimed by a process
-- that died comes back when its claim ends.
WITH due AS MATERIALIZED (
    SELECT d.county, d.webhook_id, d.event_id, d.due_at, w.address, w.secret_sealed,
           CASE WHEN w.old_secret_until > :now::timestamptz THEN w.old_secret_sealed END AS old_secret_sealed
    FROM webhooks AS w
    CROSS JOIN LATERAL (
        SELECT d.county, d.webhook_id, d.event_id, d.due_at
        FROM webhook_deliveries AS d
        WHERE d.county = w.county
          AND d.webhook_id = w.id
          AND d.state = 'waiting'
          AND d.due_at <= :now::timestamptz
        ORDER BY d.due_at
        LIMIT 2) AS d
    WHERE w.state = 'active'
      AND w.ended_at IS NULL
      AND NOT EXISTS (SELECT
                      FROM webhook_deliveries AS c
                      WHERE c.county = w.county
                        AND c.webhook_id = w.id
                        AND c.state = 'waiting'
                        AND c.claimed_until > :now::timestamptz)
    ORDER BY d.due_at
    LIMIT :free::int
), claimed AS (
    UPDATE webhook_deliveries AS d
    SET attempts = d.attempts + 1,
        due_at = :now::timestamptz + :claim_s::bigint * interval '1 second',
        claimed_until = :now::timestamptz + :claim_s::bigint * interval '1 second'
    FROM due
    WHERE d.county = due.county
      AND d.webhook_id = due.webhook_id
      AND d.event_id = due.event_id
      AND d.state = 'waiting'
      AND d.due_at <= :now::timestamptz
    RETURNING d.county, d.webhook_id, d.event_id, d.attempts, d.attempts_before, d.body
)
SELECT claimed.county,
       claimed.webhook_id,
       claimed.event_id,
       claimed.attempts,
       claimed.attempts_before,
       claimed.body,
       due.address,
       due.secret_sealed,
       due.old_secret_sealed
FROM claimed
JOIN due
  ON due.county = claimed.county
 AND due.webhook_id = claimed.webhook_id
 AND due.event_id = claimed.event_id
