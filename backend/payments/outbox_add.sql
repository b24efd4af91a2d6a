-- Calls to be made by the jobs (plan.outbox).
INSERT INTO outbox (id, kind, payload, due_at)
SELECT x.outbox_id, x.kind, x.payload, x.due_at
FROM jsonb_to_recordset(:plan::jsonb -> 'outbox') AS x (outbox_id uuid, kind text, payload jsonb, due_at timestamptz)
