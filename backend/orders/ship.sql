-- The operator hands the parcel to a carrier; only a paid order ships. One nobody marked as packed was packed by now.
WITH placed AS (
    SELECT o.county, o.id
    FROM orders AS o
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.shop_id = ANY (:actor_organisations::uuid[])
), shipped AS (
    UPDATE orders AS o
    SET state = 'shipped',
        carrier = :carrier,
        waybill = :waybill,
        shipped_at = :now::timestamptz,
        packed_at = coalesce(o.packed_at, :now::timestamptz),
        version = o.version + 1
    FROM placed
    WHERE o.county = placed.county
      AND o.id = placed.id
      AND o.state = 'paid'
    RETURNING o.county, o.id, o.state, o.version, o.shop_id, o.goods_fen + o.freight_fen AS amount_fen, o.refunded_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id, amount_fen, refunded_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'order', id, state, shop_id, amount_fen, refunded_fen
    FROM shipped
)
SELECT CASE WHEN shipped.id IS NULL THEN 'wrong-state' END AS problem,
       placed.county || '-' || placed.id AS order_id,
       shipped.state,
       shipped.version
FROM placed
LEFT JOIN shipped
       ON shipped.id = placed.id
