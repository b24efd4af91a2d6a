-- Enters what goods of a category cost by norm, from its source; one for an area and year.
WITH entered AS (
    INSERT INTO cost_norms (area_code, category_code, year, amount_fen, per_qty, source, entered_by, entered_at)
    SELECT :area_code::text, c.code, :year::int, :amount_fen::bigint, :per_qty::bigint, :source, :actor_id::uuid, :now::timestamptz
    FROM categories AS c
    WHERE c.code = :category_code
      AND area_within(:area_code::text, :actor_areas::text[])
    RETURNING area_code, category_code, year, amount_fen, per_qty
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'cost_norm_entered', left(area_code, 6), 'cost_norms',
           jsonb_build_object('category_code', category_code, 'year', year, 'amount_fen', amount_fen, 'per_qty', per_qty), :request_id
    FROM entered
)
SELECT area_code, category_code, year, amount_fen, per_qty
FROM entered
