-- A packer's mark: packed, or taken apart again (:packed). The mark counts once for ever; whoever sends it again, also from another device
-- or after the order went on, gets the first answer. Marks that come late, of orders already shipped, change nothing and are no error.
WITH placed AS MATERIALIZED (
    SELECT o.county, o.id, o.state, o.packed_at, o.paid_at
    FROM orders AS o
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.shop_id = ANY (:actor_organisations::uuid[])
    FOR UPDATE
), known AS (
    SELECT m.order_id, m.packed, m.packed_at
    FROM packing_marks AS m
    WHERE m.county = :order_county
      AND m.id = :mark_id::uuid
), judged AS (
    SELECT placed.county, placed.id, placed.state,
           CASE WHEN placed.state <> 'paid' OR (:packed::boolean AND placed.packed_at IS NOT NULL) THEN placed.packed_at
                WHEN :packed::boolean THEN least(greatest(coalesce(:packed_at::timestamptz, :now::timestamptz), placed.paid_at), :now::timestamptz) END AS packed_at,
           CASE WHEN known.order_id <> placed.id OR known.packed <> :packed::boolean THEN 'taken'
                WHEN known.order_id IS NULL AND (placed.state NOT IN ('paid', 'shipped', 'received', 'closed')
                                                 OR (placed.state <> 'paid' AND NOT :packed::boolean)) THEN 'wrong-state' END AS problem,
           known.order_id IS NULL AS is_new,
           known.packed_at AS known_at
    FROM placed
    LEFT JOIN known
           ON true
), marked AS (
    INSERT INTO packing_marks (county, id, order_id, packed, packed_at, made_by, made_at)
    SELECT county, :mark_id::uuid, id, :packed::boolean, packed_at, :actor_id::uuid, :now::timestamptz
    FROM judged
    WHERE problem IS NULL
      AND is_new
    ON CONFLICT DO NOTHING
    RETURNING county, order_id, packed_at
), packed AS (
    UPDATE orders AS o
    SET packed_at = marked.packed_at,
        version = o.version + 1
    FROM marked
    WHERE o.county = marked.county
      AND o.id = marked.order_id
      AND o.packed_at IS DISTINCT FROM marked.packed_at
)
SELECT CASE WHEN judged.problem IS NOT NULL THEN judged.problem
            WHEN judged.is_new AND NOT EXISTS (SELECT 1 FROM marked) THEN 'plan-stale' END AS problem,
       judged.county || '-' || judged.id AS order_id,
       :mark_id::uuid AS mark_id,
       CASE WHEN judged.is_new THEN judged.packed_at ELSE judged.known_at END AS packed_at
FROM judged
