-- Who brings goods to a shop: found by name, card or phone tail among the county's, else those it knows; whoever came last stands first,
-- with the terms of last time and of the agreements in force.
WITH shop AS MATERIALIZED (
    SELECT s.county, s.id
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND (s.id = ANY (:actor_organisations::uuid[]) OR area_within(s.county, :actor_areas::text[]))
), recent AS MATERIALIZED (
    SELECT l.county, l.id
    FROM lots AS l
    WHERE l.county = :shop_county
      AND l.shop_id = :shop_id::uuid
    ORDER BY l.taken_in_at DESC, l.id DESC
    LIMIT 500
), candidate AS (
    SELECT c.supplier_id AS id
    FROM recent
    JOIN contributions AS c ON c.county = recent.county AND c.lot_id = recent.id
    WHERE :names::text[] IS NULL AND :number_tail::text IS NULL AND :supplier_id::uuid IS NULL
    UNION
    SELECT s.id
    FROM link_agreements AS a
    JOIN suppliers AS s ON s.county = a.county AND s.household_id = a.household_id
    WHERE a.county = :shop_county AND a.counterparty_id = :shop_id::uuid AND a.state = 'in_force'
      AND :names::text[] IS NULL AND :number_tail::text IS NULL AND :supplier_id::uuid IS NULL
    UNION
    SELECT s.id
    FROM recent
    JOIN contributions AS c ON c.county = recent.county AND c.lot_id = recent.id
    JOIN suppliers AS s ON s.county = c.county AND s.id = c.supplier_id
    WHERE s.name_index @> :names::text[]
    UNION
    (SELECT s.id
     FROM suppliers AS s
     WHERE s.county = :shop_county AND s.name_index @> :names::text[]
     LIMIT 500)
    UNION
    SELECT s.id
    FROM households AS h
    JOIN suppliers AS s ON s.county = h.county AND s.household_id = h.id
    WHERE h.county = :shop_county AND h.phone_tail = :number_tail::text
    UNION
    SELECT s.id
    FROM households AS h
    JOIN suppliers AS s ON s.county = h.county AND s.household_id = h.id
    WHERE h.county = :shop_county
      AND right(h.card_number, 4) IN (right(:number_tail::text, 4), upper(right(:number_tail::text, 4)))
      AND right(h.card_number, length(:number_tail::text)) IN (:number_tail::text, upper(:number_tail::text))
    UNION
    SELECT :supplier_id::uuid
    WHERE :supplier_id::uuid IS NOT NULL AND :supplier_county::text = :shop_county
), delivered AS MATERIALIZED (
    SELECT candidate.id, d.delivered_on, d.last, d.last_of
    FROM candidate
    LEFT JOIN LATERAL (
        SELECT max(x.delivered_on) AS delivered_on, (array_agg(x.terms ORDER BY x.taken_in_at DESC, x.id DESC))[1] AS last,
               json_object_agg(x.product, x.terms) FILTER (WHERE x.place = 1) AS last_of
        FROM (SELECT c.id, c.delivered_on, l.taken_in_at, l.county || '-' || l.product_id AS product,
                     row_number() OVER (PARTITION BY l.product_id ORDER BY l.taken_in_at DESC, c.id DESC) AS place,
                     json_build_object('product_id', l.county || '-' || l.product_id, 'product_name', p.name, 'base_unit', p.base_unit,
                         'grade', l.grade, 'place_id', l.place_id, 'quantity_qty', c.quantity_qty, 'mode', c.mode,
                         'price_rule', c.price_rule, 'farm_gate_price_fen', c.farm_gate_price_fen, 'price_qty', c.price_qty,
                         'share_ppm', c.share_ppm, 'delivered_on', c.delivered_on) AS terms
              FROM contributions AS c
              JOIN lots AS l ON l.county = c.county AND l.id = c.lot_id AND l.shop_id = :shop_id::uuid
              JOIN products AS p ON p.county = l.county AND p.id = l.product_id
              WHERE c.county = :shop_county AND c.supplier_id = candidate.id
              ORDER BY c.delivered_on DESC
              LIMIT 50) AS x
        ) AS d
           ON true
), page AS MATERIALIZED (
    SELECT s.county, s.id, s.kind, s.household_id, s.name, s.area_code, d.delivered_on, d.last, d.last_of,
           coalesce(d.delivered_on, '0001-01-01'::date) AS order_on
    FROM shop
    CROSS JOIN delivered AS d
    JOIN suppliers AS s ON s.county = shop.county AND s.id = d.id
    WHERE s.state = 'active'
      AND (:cursor::text IS NULL
           OR (coalesce(d.delivered_on, '0001-01-01'::date), s.id) < (split_part(:cursor::text, '|', 1)::date, split_part(:cursor::text, '|', 2)::uuid))
    ORDER BY order_on DESC, s.id DESC
    LIMIT :limit::bigint
)
SELECT page.county || '-' || page.id AS supplier_id,
       page.county || '-' || page.household_id AS household_id,
       page.kind,
       page.name,
       h.card_number,
       h.phone_tail,
       page.area_code,
       v.name AS area_name,
       page.delivered_on AS last_on,
       page.last,
       coalesce(page.last_of, '{}'::json) AS last_of,
       g.agreements,
       page.order_on || '|' || page.id AS cursor
FROM page
JOIN areas AS v ON v.code = page.area_code
LEFT JOIN households AS h ON h.county = page.county AND h.id = page.household_id
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('agreement_id', a.county || '-' || a.id, 'mode', a.mode, 'price_rule', a.price_rule,
               'floor_price_fen', a.floor_price_fen, 'price_qty', a.price_qty, 'share_ppm', a.share_ppm, 'category_code', a.category_code,
               'valid_to', a.valid_to) ORDER BY a.category_code NULLS LAST, a.signed_at DESC), '[]') AS agreements
    FROM link_agreements AS a
    WHERE a.county = page.county AND a.household_id = page.household_id AND a.counterparty_id = :shop_id::uuid
      AND a.state = 'in_force' AND a.valid_from <= :today::date AND (a.valid_to IS NULL OR a.valid_to > :today::date)
) AS g
ORDER BY page.order_on DESC, page.id DESC
