-- A unit promises to buy for an amount until a day.
WITH unit AS MATERIALIZED (
    SELECT m.county, m.unit_id
    FROM unit_members AS m
    WHERE m.county = :unit_county
      AND m.unit_id = :unit_id::uuid
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), added AS (
    INSERT INTO pledges (county, id, unit_id, amount_fen, valid_from, valid_to, area_code, words, pledged_by, pledged_at)
    SELECT unit.county, :new_id::uuid, unit.unit_id, :amount_fen::bigint, :valid_from::date, :valid_to::date, :area_code,
           coalesce(:words, ''), :actor_id::uuid, :now::timestamptz
    FROM unit
    RETURNING county, id, amount_fen, version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'pledged', county, 'pledges', id,
           jsonb_build_object('amount_fen', amount_fen), :request_id
    FROM added
)
SELECT county || '-' || id AS pledge_id,
       amount_fen AS pledged_fen,
       version
FROM added
