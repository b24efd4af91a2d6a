-- Posts transfers (plan.transfers) with their entries, and keeps the balances of accounts with a floor. A transfer that is there already
-- refuses the whole: its cause was dealt with. What would fall below zero refuses as well.
WITH posted AS MATERIALIZED (
    SELECT t.county, t.transfer_id, t.kind, t.reference, t.entries
    FROM jsonb_to_recordset(:plan::jsonb -> 'transfers') AS t (county text, transfer_id uuid, kind text, reference text, entries jsonb)
), transferred AS (
    INSERT INTO transfers (county, id, kind, reference, posted_at, business_day, made_by)
    SELECT county, transfer_id, kind, reference, :now::timestamptz, :today::date, :actor_id::uuid
    FROM posted
), entry AS MATERIALIZED (
    SELECT posted.county, posted.transfer_id, e.position, e.debit_kind, e.debit_holder, e.credit_kind, e.credit_holder, e.amount_fen
    FROM posted
    CROSS JOIN jsonb_to_recordset(posted.entries) AS e (
        position smallint, debit_kind account_kind, debit_holder uuid, credit_kind account_kind, credit_holder uuid, amount_fen bigint)
), entered AS (
    INSERT INTO entries (county, transfer_id, position, debit_kind, debit_holder, credit_kind, credit_holder, amount_fen)
    SELECT county, transfer_id, position, debit_kind, debit_holder, credit_kind, credit_holder, amount_fen
    FROM entry
), moved AS MATERIALIZED (
    SELECT side.county, side.kind, side.holder_id, sum(side.amount_fen)::bigint AS amount_fen
    FROM (SELECT county, credit_kind AS kind, credit_holder AS holder_id, amount_fen FROM entry
          UNION ALL
          SELECT county, debit_kind, debit_holder, -amount_fen FROM entry) AS side
    WHERE side.kind IN ('household_payable', 'cooperative', 'supplier_payable', 'shop')
    GROUP BY side.county, side.kind, side.holder_id
    HAVING sum(side.amount_fen) <> 0
    ORDER BY side.county, side.kind, side.holder_id
), raised AS (
    INSERT INTO balances (county, kind, holder_id, balance_fen)
    SELECT county, kind, holder_id, amount_fen
    FROM moved
    WHERE amount_fen > 0
    ON CONFLICT (county, kind, holder_id) DO UPDATE SET balance_fen = balances.balance_fen + excluded.balance_fen
), lowered AS (
    UPDATE balances AS b
    SET balance_fen = b.balance_fen + moved.amount_fen
    FROM moved
    WHERE moved.amount_fen < 0
      AND b.county = moved.county
      AND b.kind = moved.kind
      AND b.holder_id = moved.holder_id
    RETURNING 1
)
SELECT refuse('conflict')
WHERE (SELECT count(*) FROM lowered) <> (SELECT count(*) FROM moved WHERE amount_fen < 0)
