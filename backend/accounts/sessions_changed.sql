-- Tells every worker to forget what it keeps of this account's sessions. A statement of its own: it works on the coordinator.
SELECT pg_notify('sessions', plan.account_id)
FROM jsonb_to_record(:plan::jsonb) AS plan (account_id text, accepted boolean)
WHERE COALESCE(plan.accepted, true)
