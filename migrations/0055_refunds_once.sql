-- A refund is asked for under one number until it is done; what a provider gave back twice all the same is owed back.

ALTER TYPE account_kind ADD VALUE IF NOT EXISTS 'refund_receivable' AFTER 'refund';

-- Retries had numbers of their own, made of the number that failed.
ALTER TABLE refunds ADD COLUMN repeats text;
COMMENT ON COLUMN refunds.repeats IS 'the first number of the same money, of refunds that were once asked for again under a new one; the money is given once';
WITH RECURSIVE again AS (
    SELECT provider, reference AS first_reference, reference
    FROM refunds
    UNION ALL
    SELECT f.provider, again.first_reference, f.reference
    FROM again
    JOIN refunds AS f
      ON f.provider = again.provider
     AND f.reference = md5(again.reference || ' again')::uuid::text
), chain AS (
    SELECT provider, first_reference, reference
    FROM again
    WHERE reference <> first_reference
)
UPDATE refunds AS f
SET repeats = chain.first_reference
FROM chain
WHERE f.provider = chain.provider
  AND f.reference = chain.reference
  AND NOT EXISTS (SELECT 1
                  FROM chain AS earlier
                  WHERE earlier.provider = chain.provider
                    AND earlier.reference = chain.first_reference);

ALTER TABLE provider_transactions
    DROP CONSTRAINT provider_transactions_result__invalid,
    ADD CONSTRAINT provider_transactions_result__invalid CHECK (result IN ('applied', 'refunded_late', 'refunded_twice', 'mismatch',
        'payment_failed', 'refund_done', 'refund_failed', 'refund_repeated'));
COMMENT ON COLUMN provider_transactions.result IS 'applied, refunded because late or paid twice, mismatch, failed, or the end of a refund: done, failed, or done once more than owed';
