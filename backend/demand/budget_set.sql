-- An approver says what the unit may spend in a year. Less than what approved lists came to is refused by the next statement.
WITH unit AS MATERIALIZED (
    SELECT m.county, m.unit_id, m.duty
    FROM unit_members AS m
    WHERE m.county = :unit_county
      AND m.unit_id = :unit_id::uuid
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), set_now AS (
    INSERT INTO unit_budgets AS b (county, unit_id, year, amount_fen, set_by, set_at)
    SELECT unit.county, unit.unit_id, :year::int, :amount_fen::bigint, :actor_id::uuid, :now::timestamptz
    FROM unit
    WHERE unit.duty = 'approver'
    ON CONFLICT (county, unit_id, year) DO UPDATE
    SET amount_fen = excluded.amount_fen,
        set_by = excluded.set_by,
        set_at = excluded.set_at,
        version = b.version + 1
    RETURNING b.county, b.unit_id, b.year, b.amount_fen, b.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'unit_budget_set', county, 'units', unit_id,
           jsonb_build_object('year', year, 'amount_fen', amount_fen), :request_id
    FROM set_now
)
SELECT CASE WHEN set_now.year IS NULL THEN 'forbidden' END AS problem,
       unit.county || '-' || unit.unit_id AS unit_id,
       set_now.year,
       set_now.amount_fen,
       set_now.version
FROM unit
LEFT JOIN set_now ON true
