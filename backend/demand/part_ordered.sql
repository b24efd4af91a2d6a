-- Notes the purchase a part became and its orders, with the pledge they count to: only orders of the pledge's days and area do.
WITH list AS MATERIALIZED (
    SELECT l.county, l.id, l.unit_id, l.proposed_by, p.id AS pledge_id, p.area_code
    FROM purchase_lists AS l
    LEFT JOIN pledges AS p
           ON p.county = l.county
          AND p.id = l.pledge_id
          AND p.withdrawn_at IS NULL
          AND p.valid_from <= :today::date
          AND p.valid_to > :today::date
    WHERE l.county = :list_county
      AND l.id = :list_id::uuid
), planned AS MATERIALIZED (
    SELECT o.order_county, o.order_id
    FROM jsonb_to_recordset(:plan::jsonb -> 'orders') AS o (order_county text, order_id uuid)
), held AS MATERIALIZED (
    SELECT b.id
    FROM purchase_list_parts AS p
    JOIN purchases AS b
      ON b.buyer_id = p.buyer_id
     AND b.id = p.purchase_id
    WHERE p.county = :list_county
      AND p.list_id = :list_id::uuid
      AND p.part::text = :part
      AND b.state IN ('awaiting_payment', 'paid')
), ordered AS (
    UPDATE purchase_list_parts AS p
    SET buyer_id = list.proposed_by,
        purchase_id = (:plan::jsonb ->> 'purchase_id')::uuid,
        ordered_by = :actor_id::uuid,
        ordered_at = :now::timestamptz
    FROM list
    WHERE p.county = list.county
      AND p.list_id = list.id
      AND p.part::text = :part
      AND NOT EXISTS (SELECT FROM held)
    RETURNING p.county, p.list_id, p.part
), kept AS (
    INSERT INTO unit_orders (county, order_id, unit_county, unit_id, list_id, part, pledge_id)
    SELECT planned.order_county, planned.order_id, list.county, list.unit_id, list.id, ordered.part,
           CASE WHEN list.area_code IS NULL OR starts_with(planned.order_county, left(list.area_code, 6)) THEN list.pledge_id END
    FROM ordered
    CROSS JOIN list
    CROSS JOIN planned
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'list_part_ordered', county, 'purchase_lists', list_id,
           jsonb_build_object('part', part, 'purchase_id', :plan::jsonb ->> 'purchase_id'), :request_id
    FROM ordered
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT FROM ordered)
