-- Writes a lot with its contributions and what they have left; waiting for inspection, so not yet in stock.
WITH lot AS (
    INSERT INTO lots (county, id, shop_id, product_id, place_id, grade, harvested_on, expires_on, taken_in_at, taken_in_qty,
                      certificate, slip_id, trace_code, taken_in_by)
    SELECT :shop_county,
           :new_id::uuid,
           :shop_id::uuid,
           :product_id::uuid,
           (plan ->> 'place_id')::uuid,
           :grade,
           :harvested_on::date,
           :expires_on::date,
           :now::timestamptz,
           (plan ->> 'taken_in_qty')::bigint,
           :certificate,
           :slip_id::uuid,
           plan ->> 'trace_code',
           :actor_id::uuid
    FROM (SELECT :plan::jsonb AS plan) AS given
    RETURNING county, id, trace_code
), traced AS (
    INSERT INTO trace_codes (code, county, lot_id)
    SELECT trace_code, county, id
    FROM lot
), contributed AS (
    INSERT INTO contributions (county, id, lot_id, supplier_id, household_id, position, quantity_qty, mode, price_rule,
                               farm_gate_price_fen, price_qty, share_ppm, agreement_id, agreement_version, evidence, delivered_on)
    SELECT lot.county,
           c.contribution_id,
           lot.id,
           c.supplier_id,
           c.household_id,
           c.position,
           c.quantity_qty,
           c.mode,
           c.price_rule,
           c.farm_gate_price_fen,
           c.price_qty,
           c.share_ppm,
           c.agreement_id,
           c.agreement_version,
           c.evidence,
           :today::date
    FROM lot
    CROSS JOIN jsonb_to_recordset(:plan::jsonb -> 'contributions') AS c (
        contribution_id uuid, supplier_id uuid, household_id uuid, position int, quantity_qty bigint, mode text, price_rule text,
        farm_gate_price_fen bigint, price_qty bigint, share_ppm int, agreement_id uuid, agreement_version int, evidence text)
    RETURNING county, id, lot_id, quantity_qty
)
INSERT INTO contribution_balances (county, contribution_id, lot_id, left_qty)
SELECT county, id, lot_id, quantity_qty
FROM contributed
