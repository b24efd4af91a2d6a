-- Facts for deciding a claw-back. The household's account is locked, as every batch does that takes its dues: whoever comes second sees
-- what the first has taken.
WITH claw_back AS MATERIALIZED (
    SELECT c.county, c.id, c.order_id, c.household_id, c.amount_fen, c.state, c.proposed_by
    FROM claw_backs AS c
    WHERE c.county = :claw_back_county
      AND c.id = :claw_back_id::uuid
      AND area_within(c.county, :actor_areas::text[])
    FOR UPDATE
), account AS MATERIALIZED (
    SELECT b.county
    FROM claw_back
    JOIN balances AS b
      ON b.county = claw_back.county
     AND b.kind = 'household_payable'
     AND b.holder_id = claw_back.household_id
    FOR UPDATE OF b
)
SELECT c.state,
       c.proposed_by = :actor_id::uuid AS is_own,
       c.county || '-' || c.order_id AS order_id,
       c.id AS claw_back_id,
       c.household_id,
       o.shop_id,
       c.amount_fen,
       coalesce((SELECT sum(d.amount_fen)
                 FROM dues AS d
                 JOIN account
                   ON account.county = d.county
                 WHERE d.county = c.county
                   AND d.payee_kind = 'household'
                   AND d.payee_id = c.household_id
                   AND d.state = 'payable'), 0)::bigint AS payable_fen,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('product_id', l.product_id, 'sold', x.sold) ORDER BY l.position, x.allocation_id), '[]')
        FROM order_lines AS l
        JOIN orders_sold_rows AS x
          ON x.county = l.county
         AND x.order_line_id = l.id
        WHERE l.county = c.county
          AND l.order_id = c.order_id
          AND x.sold -> 'row' ->> 'household_id' = c.household_id::text) AS rows
FROM claw_back AS c
JOIN orders AS o
  ON o.county = c.county
 AND o.id = c.order_id
