-- A shop's month: what was sold, what each part of it is, what the shop was paid; and the same sum once more from the ledger.
WITH shop AS MATERIALIZED (
    SELECT s.county, s.id, s.name, :from_on::date AS from_on, (:from_on::date + interval '1 month')::date AS to_on
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND (s.id = ANY (:actor_organisations::uuid[]) OR area_within(s.county, :actor_areas::text[]))
), sold AS MATERIALIZED (
    SELECT a.county, a.id, a.kind, a.order_id, a.product_id, a.quantity_qty, a.gross_fen, a.due_fen, a.fee_fen, a.freight_fen, a.margin_fen
    FROM shop
    JOIN attributions AS a ON a.county = shop.county AND a.shop_id = shop.id AND a.business_day >= shop.from_on AND a.business_day < shop.to_on
), total AS (
    SELECT coalesce(sum(gross_fen) FILTER (WHERE kind = 'sale'), 0)::bigint AS sales_fen,
           coalesce(-sum(gross_fen) FILTER (WHERE kind = 'refund'), 0)::bigint AS refunds_fen,
           coalesce(sum(gross_fen), 0)::bigint AS net_fen,
           coalesce(sum(due_fen), 0)::bigint AS dues_fen,
           coalesce(sum(fee_fen), 0)::bigint AS fees_fen,
           coalesce(sum(freight_fen), 0)::bigint AS freight_borne_fen,
           coalesce(sum(margin_fen), 0)::bigint AS margin_fen,
           count(DISTINCT order_id) FILTER (WHERE kind = 'sale') AS orders_count
    FROM sold
), of_product AS (
    SELECT coalesce(json_agg(x ORDER BY x.net_fen DESC, x.product_id), '[]') AS products
    FROM (SELECT sold.county || '-' || sold.product_id AS product_id, p.name AS product_name, p.base_unit,
                 sum(sold.quantity_qty)::bigint AS quantity_qty, sum(sold.gross_fen)::bigint AS net_fen, sum(sold.due_fen)::bigint AS dues_fen,
                 sum(sold.fee_fen)::bigint AS fees_fen, sum(sold.freight_fen)::bigint AS freight_borne_fen,
                 sum(sold.margin_fen)::bigint AS margin_fen
          FROM sold
          JOIN products AS p ON p.county = sold.county AND p.id = sold.product_id
          GROUP BY sold.county, sold.product_id, p.name, p.base_unit) AS x
), owed AS (
    SELECT d.county, d.payee_kind, d.payee_id, sum(d.amount_fen)::bigint AS due_fen,
           coalesce(sum(d.amount_fen) FILTER (WHERE d.state = 'expected'), 0)::bigint AS waiting_fen,
           coalesce(sum(d.amount_fen) FILTER (WHERE d.state IN ('payable', 'in_batch')), 0)::bigint AS payable_fen,
           coalesce(sum(d.amount_fen) FILTER (WHERE d.state IN ('paid', 'confirmed', 'disputed')), 0)::bigint AS paid_fen,
           coalesce(sum(d.amount_fen) FILTER (WHERE d.state = 'reversed'), 0)::bigint AS reversed_fen
    FROM sold
    JOIN dues AS d ON d.county = sold.county AND d.order_id = sold.order_id AND d.attribution_id = sold.id
     AND d.payee_kind IN ('household', 'supplier')
    GROUP BY d.county, d.payee_kind, d.payee_id
), of_supplier AS (
    SELECT coalesce(json_agg(json_build_object('kind', owed.payee_kind, 'id', owed.county || '-' || owed.payee_id,
               'name', coalesce(h.head_name_masked, u.name), 'due_fen', owed.due_fen, 'waiting_fen', owed.waiting_fen,
               'payable_fen', owed.payable_fen, 'paid_fen', owed.paid_fen, 'reversed_fen', owed.reversed_fen)
               ORDER BY owed.due_fen DESC, owed.payee_id), '[]') AS suppliers
    FROM owed
    LEFT JOIN households AS h ON h.county = owed.county AND h.id = owed.payee_id AND owed.payee_kind = 'household'
    LEFT JOIN suppliers AS u ON u.county = owed.county AND u.id = owed.payee_id AND owed.payee_kind = 'supplier'
), paid_out AS (
    SELECT coalesce(json_agg(json_build_object('item_id', i.county || '-' || i.id, 'batch_id', i.county || '-' || i.batch_id,
               'batch_title', b.title, 'kind', i.payee_kind, 'amount_fen', i.amount_fen, 'result_on', i.result_on, 'evidence', i.evidence)
               ORDER BY i.result_on, i.id), '[]') AS payouts,
           coalesce(sum(i.amount_fen), 0)::bigint AS paid_out_fen
    FROM shop
    JOIN payout_items AS i ON i.county = shop.county AND i.payee_kind IN ('shop', 'freight') AND i.payee_id = shop.id AND i.state = 'paid'
     AND i.result_on >= shop.from_on AND i.result_on < shop.to_on
    JOIN payout_batches AS b ON b.county = i.county AND b.id = i.batch_id
), netted AS (
    SELECT coalesce(sum(e.amount_fen) FILTER (WHERE e.credit_kind = 'goods_bought'), 0)::bigint AS bought_fen,
           coalesce(sum(e.amount_fen) FILTER (WHERE e.credit_kind = 'shop_receivable'), 0)::bigint AS receivable_fen
    FROM shop
    JOIN entries AS e ON e.county = shop.county AND e.debit_kind IN ('shop', 'freight') AND e.debit_holder = shop.id
     AND e.credit_kind IN ('goods_bought', 'shop_receivable') AND e.credit_holder = shop.id
    JOIN transfers AS t ON t.county = e.county AND t.id = e.transfer_id AND t.business_day >= shop.from_on AND t.business_day < shop.to_on
), moved AS (
    /* Money of buyers in and back, goods and freight apart; what refills an escrow after release moves between the shop's own accounts. */
    SELECT x.kind, x.amount_fen
    FROM shop
    CROSS JOIN (SELECT DISTINCT county, order_id FROM sold) AS o
    CROSS JOIN LATERAL (
        SELECT e.credit_kind AS kind, e.amount_fen, t.business_day
        FROM entries AS e
        JOIN transfers AS t ON t.county = e.county AND t.id = e.transfer_id
        WHERE e.county = o.county AND e.credit_kind IN ('buyer_escrow', 'freight_escrow') AND e.credit_holder = o.order_id
          AND e.debit_kind IN ('gateway_clearing', 'subsidy')
        UNION ALL
        SELECT e.debit_kind, -e.amount_fen, t.business_day
        FROM entries AS e
        JOIN transfers AS t ON t.county = e.county AND t.id = e.transfer_id
        WHERE e.county = o.county AND e.debit_kind IN ('buyer_escrow', 'freight_escrow') AND e.debit_holder = o.order_id
          AND e.credit_kind IN ('refund', 'subsidy')) AS x
    WHERE x.business_day >= shop.from_on AND x.business_day < shop.to_on
), booked AS (
    SELECT coalesce(sum(amount_fen) FILTER (WHERE kind = 'buyer_escrow'), 0)::bigint AS ledger_fen,
           coalesce(sum(amount_fen) FILTER (WHERE kind = 'freight_escrow' AND amount_fen > 0), 0)::bigint AS charged_fen,
           coalesce(-sum(amount_fen) FILTER (WHERE kind = 'freight_escrow' AND amount_fen < 0), 0)::bigint AS given_back_fen,
           coalesce(sum(amount_fen) FILTER (WHERE kind = 'freight_escrow'), 0)::bigint AS freight_net_fen
    FROM moved
)
SELECT shop.county || '-' || shop.id AS shop_id,
       shop.name AS shop_name,
       to_char(shop.from_on, 'YYYY-MM') AS month,
       :now::timestamptz AS as_of,
       to_json(total) AS sales,
       of_product.products,
       of_supplier.suppliers,
       json_build_object('charged_fen', booked.charged_fen, 'given_back_fen', booked.given_back_fen,
                         'net_fen', booked.freight_net_fen) AS freight,
       paid_out.paid_out_fen,
       paid_out.payouts,
       json_build_object('bought_fen', netted.bought_fen, 'receivable_fen', netted.receivable_fen) AS netted,
       json_build_object('attribution_fen', total.net_fen, 'parts_fen', total.dues_fen + total.fees_fen + total.freight_borne_fen + total.margin_fen,
                         'ledger_fen', booked.ledger_fen) AS reconciliation,
       total.net_fen = booked.ledger_fen
           AND total.net_fen = total.dues_fen + total.fees_fen + total.freight_borne_fen + total.margin_fen AS reconciles
FROM shop
CROSS JOIN total
CROSS JOIN of_product
CROSS JOIN of_supplier
CROSS JOIN paid_out
CROSS JOIN netted
CROSS JOIN booked
