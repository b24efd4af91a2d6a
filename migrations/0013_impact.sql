-- Impact: what reports are reckoned from. Views only: nothing here is a figure of its own.

CREATE INDEX payout_items_by_result ON payout_items (county, result_on) WHERE state = 'paid';

CREATE VIEW impact_sales AS
    SELECT a.county, a.id, a.kind, a.order_id, a.order_line_id, a.allocation_id, a.contribution_id, a.household_id, a.shop_id, a.product_id,
           a.area_code, a.status, a.counted, a.reason, a.business_day, coalesce(sale.business_day, a.business_day) AS sold_on,
           a.quantity_qty, a.gross_fen, a.due_fen, a.posted_at
    FROM attributions AS a
    LEFT JOIN attributions AS sale
           ON sale.county = a.county
          AND sale.id = a.reverses_id;
COMMENT ON VIEW impact_sales IS 'Attributions with the day of the sale they belong to: a refund of an earlier period is told from one of its own.';

CREATE VIEW impact_paid AS
    SELECT d.county, d.id AS due_id, d.payee_id AS household_id, i.result_on, d.amount_fen, l.shop_id, l.product_id, p.category_code,
           h.area_code, coalesce(a.status, 'bought') AS status, extract(year FROM l.harvested_on)::int AS production_year,
           coalesce(a.quantity_qty, (SELECT sum(c.quantity_qty)::bigint / greatest(count(*), 1)
                                     FROM contributions AS c
                                     WHERE c.county = d.county
                                       AND c.lot_id = d.lot_id
                                       AND c.household_id = d.payee_id
                                       AND c.mode = 'bought')) AS quantity_qty
    FROM dues AS d
    JOIN payout_items AS i
      ON i.county = d.county
     AND i.id = d.payout_item_id
     AND i.state = 'paid'
    JOIN households AS h
      ON h.county = d.county
     AND h.id = d.payee_id
    LEFT JOIN attributions AS a
           ON a.county = d.county
          AND a.id = d.attribution_id
    LEFT JOIN contributions AS c
           ON c.county = a.county
          AND c.id = a.contribution_id
    LEFT JOIN lots AS l
           ON l.county = d.county
          AND l.id = coalesce(c.lot_id, d.lot_id)
    LEFT JOIN products AS p
           ON p.county = l.county
          AND p.id = l.product_id
    WHERE d.payee_kind = 'household';
COMMENT ON VIEW impact_paid IS 'Dues of households that a bank''s result settled, with the goods they were for.';

CREATE VIEW impact_reconciliation AS
    SELECT side.county, sum(side.attribution_fen)::bigint AS attribution_fen, sum(side.line_gross_fen)::bigint AS line_gross_fen,
           sum(side.ledger_fen)::bigint AS ledger_fen
    FROM (SELECT county, gross_fen AS attribution_fen, 0 AS line_gross_fen, 0 AS ledger_fen
          FROM attributions
          UNION ALL
          SELECT o.county, 0, l.line_gross_fen - l.refunded_fen, 0
          FROM orders AS o
          JOIN order_lines AS l
            ON l.county = o.county
           AND l.order_id = o.id
          WHERE o.paid_at IS NOT NULL
          UNION ALL
          SELECT county, 0, 0, amount_fen
          FROM entries
          WHERE credit_kind = 'buyer_escrow'
            AND debit_kind IN ('gateway_clearing', 'subsidy')
          UNION ALL
          SELECT county, 0, 0, -amount_fen
          FROM entries
          WHERE debit_kind = 'buyer_escrow'
            AND credit_kind IN ('refund', 'subsidy')) AS side
    GROUP BY side.county;
COMMENT ON VIEW impact_reconciliation IS 'Per county: attributions, lines less refunds and the ledger must be the same to the fen.';

GRANT SELECT ON impact_sales, impact_paid, impact_reconciliation TO shanhuo_app;
