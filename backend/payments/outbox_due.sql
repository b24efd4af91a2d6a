-- Calls that are due, oldest first; one that failed fifty times, over two days, is left to a person.
SELECT x.id AS outbox_id,
       x.kind,
       x.payload ->> 'provider' AS provider,
       x.payload ->> 'path' AS path,
       (coalesce(x.payload -> 'call', x.payload -> 'body'))::text AS body,
       x.attempts
FROM outbox AS x
WHERE x.done_at IS NULL
  AND x.due_at <= :now::timestamptz
  AND x.attempts < 50
ORDER BY x.due_at, x.id
LIMIT 50
