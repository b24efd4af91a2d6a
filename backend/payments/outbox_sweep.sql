-- Forgets calls that went through a week ago; what they were about stands in refunds and provider_transactions.
DELETE FROM outbox
WHERE done_at < :now::timestamptz - interval '7 days'
