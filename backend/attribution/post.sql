-- Writes which goods a line was served from and whose the money is (plan.tagged, one row a product of an order).
WITH tagged AS MATERIALIZED (
    SELECT t.county, t.order_id, t.shop_id, t.product_id, t.allocations, t.attributions
    FROM jsonb_to_recordset(:plan::jsonb -> 'tagged') AS t (
        county text, order_id uuid, shop_id uuid, product_id uuid, allocations jsonb, attributions jsonb)
), allocated AS (
    INSERT INTO allocations (county, id, order_id, order_line_id, lot_id, contribution_id, quantity_qty, allocated_at)
    SELECT t.county, a.allocation_id, t.order_id, a.order_line_id, a.lot_id, a.contribution_id, a.quantity_qty, :now::timestamptz
    FROM tagged AS t
    CROSS JOIN jsonb_to_recordset(t.allocations) AS a (
        allocation_id uuid, order_line_id uuid, lot_id uuid, contribution_id uuid, quantity_qty bigint)
), attributed AS (
    INSERT INTO attributions (county, id, kind, order_id, order_line_id, allocation_id, contribution_id, supplier_id, household_id, shop_id,
                              product_id, area_code, quantity_qty, gross_fen, due_fen, fee_fen, freight_fen, margin_fen, goods_cost_fen,
                              charged_fen, counted, reason, status, mode, agreement_id, agreement_version, rule_version, reverses_id,
                              business_day, posted_at)
    SELECT t.county, a.attribution_id, a.kind, t.order_id, a.order_line_id, a.allocation_id, a.contribution_id, a.supplier_id,
           a.household_id, t.shop_id, t.product_id, a.area_code, a.quantity_qty, a.gross_fen, a.due_fen, a.fee_fen, a.freight_fen,
           a.margin_fen, a.goods_cost_fen, a.charged_fen, a.counted, a.reason, a.status, a.mode, a.agreement_id,
           nullif(a.agreement_version, 0), nullif(a.rule_version, 0), a.reverses_id, :today::date, :now::timestamptz
    FROM tagged AS t
    CROSS JOIN jsonb_to_recordset(t.attributions) AS a (
        attribution_id uuid, kind text, order_line_id uuid, allocation_id uuid, contribution_id uuid, supplier_id uuid, household_id uuid,
        area_code text, quantity_qty bigint, gross_fen bigint, due_fen bigint, fee_fen bigint, freight_fen bigint, margin_fen bigint,
        goods_cost_fen bigint, charged_fen bigint, counted boolean, reason text, status text, mode text, agreement_id uuid,
        agreement_version int, rule_version int, reverses_id uuid)
    RETURNING county, id
)
INSERT INTO attributions_waiting (county, attribution_id)
SELECT county, id
FROM attributed
