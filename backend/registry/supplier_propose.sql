-- A county officer or cadre proposes a cooperative, enterprise, collective or other supplier.
INSERT INTO suppliers (county, id, kind, area_code, name, credit_code, payee_bank, payee_account_masked, payee_account_sealed,
                       name_index, proposed_by, created_at)
SELECT left(a.code, 6),
       :new_id::uuid,
       :kind::text,
       a.code,
       :name,
       plan ->> 'credit_code',
       :payee_bank,
       plan ->> 'payee_account_masked',
       (plan ->> 'payee_account_sealed')::bytea,
       (plan ->> 'name_index')::text[],
       :actor_id::uuid,
       :now::timestamptz
FROM areas AS a
CROSS JOIN (SELECT :plan::jsonb AS plan) AS given
WHERE a.code = :area_code::text
