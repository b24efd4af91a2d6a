-- The search of every workplace, within what the caller may know of: the first five of each kind, by anything one may remember.
WITH scope AS MATERIALIZED (
    SELECT x.county, bool_or(x.whole) AS whole, bool_or(x.sells) AS sells
    FROM (SELECT s.county, area_within(s.county, :actor_areas::text[]) AS whole, s.id = ANY (:actor_organisations::uuid[]) AS sells
          FROM shops AS s
          WHERE s.id = ANY (:actor_organisations::uuid[]) OR area_within(s.county, :actor_areas::text[])
          UNION ALL
          SELECT left(a.code, 6), length(a.code) = 6, false
          FROM unnest(:actor_areas::text[]) AS a (code)
          WHERE length(a.code) >= 6) AS x
    GROUP BY x.county
), order_hit AS MATERIALIZED (
    /* One lookup a county: a plan for many counties at once would read whole tables. */
    SELECT x.county, x.id
    FROM scope
    CROSS JOIN LATERAL (
        (SELECT o.county, o.id FROM orders AS o WHERE o.county = scope.county AND o.id = :found_id::uuid
         AND (scope.whole OR o.shop_id = ANY (:actor_organisations::uuid[])))
        UNION
        (SELECT o.county, o.id FROM orders AS o WHERE o.county = scope.county AND o.waybill = :q
         AND (scope.whole OR o.shop_id = ANY (:actor_organisations::uuid[])) LIMIT 5)
        UNION
        /* Whom it goes to is the shop's to know, not the county's. */
        (SELECT o.county, o.id FROM orders AS o WHERE o.county = scope.county AND right(o.phone, 4) = right(:number_tail::text, 4)
         AND right(o.phone, length(:number_tail::text)) = :number_tail::text AND o.shop_id = ANY (:actor_organisations::uuid[]) LIMIT 5)
        UNION
        (SELECT o.county, o.id FROM orders AS o WHERE o.county = scope.county AND o.recipient COLLATE "C" >= :q
         AND o.recipient COLLATE "C" < :q || chr(1114109) AND o.shop_id = ANY (:actor_organisations::uuid[]) LIMIT 5)) AS x
), lot_hit AS MATERIALIZED (
    SELECT x.county, x.id
    FROM scope
    CROSS JOIN LATERAL (
        SELECT l.county, l.id FROM lots AS l WHERE l.county = scope.county AND l.id = :found_id::uuid
         AND (scope.whole OR l.shop_id = ANY (:actor_organisations::uuid[]))
        UNION
        SELECT l.county, l.id FROM lots AS l WHERE l.county = scope.county AND l.slip_id = :found_id::uuid
         AND (scope.whole OR l.shop_id = ANY (:actor_organisations::uuid[]))
        UNION
        SELECT l.county, l.id FROM trace_codes AS t JOIN lots AS l ON l.county = t.county AND l.id = t.lot_id
        WHERE t.code = upper(:q) AND t.county = scope.county AND (scope.whole OR l.shop_id = ANY (:actor_organisations::uuid[]))) AS x
), supplier_hit AS MATERIALIZED (
    SELECT x.county, x.id
    FROM scope
    CROSS JOIN LATERAL (
        (SELECT s.county, s.id FROM suppliers AS s WHERE s.county = scope.county AND s.name_index @> :names::text[]
         AND (scope.whole OR scope.sells OR area_within(s.area_code, :actor_areas::text[])) LIMIT 10)
        UNION
        (SELECT s.county, s.id FROM households AS h JOIN suppliers AS s ON s.county = h.county AND s.household_id = h.id
         WHERE h.county = scope.county AND h.phone_tail = :number_tail::text
           AND (scope.whole OR scope.sells OR area_within(h.area_code, :actor_areas::text[])) LIMIT 5)
        UNION
        (SELECT s.county, s.id FROM households AS h JOIN suppliers AS s ON s.county = h.county AND s.household_id = h.id
         WHERE h.county = scope.county AND right(h.card_number, 4) IN (right(:number_tail::text, 4), upper(right(:number_tail::text, 4)))
           AND right(h.card_number, length(:number_tail::text)) IN (:number_tail::text, upper(:number_tail::text))
           AND (scope.whole OR scope.sells OR area_within(h.area_code, :actor_areas::text[])) LIMIT 5)
        UNION
        (SELECT s.county, s.id FROM suppliers AS s WHERE s.county = scope.county AND s.household_id = :found_id::uuid
         AND (scope.whole OR scope.sells OR area_within(s.area_code, :actor_areas::text[])))) AS x
), found AS (
    SELECT 1 AS rank, 'order' AS kind, o.county, o.id, o.id AS subject_id,
           (SELECT string_agg(l.name || ' ×' || l.packs, '；' ORDER BY l.position)
            FROM order_lines AS l
            WHERE l.county = o.county AND l.order_id = o.id) AS words,
           s.name || ' · ' || to_char(o.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS place
    FROM order_hit AS x
    JOIN orders AS o ON o.county = x.county AND o.id = x.id
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    UNION ALL
    SELECT 2, 'lot', l.county, l.id, l.id, p.name || ' ' || l.grade, l.trace_code || ' · ' || s.name
    FROM lot_hit AS x
    JOIN lots AS l ON l.county = x.county AND l.id = x.id
    JOIN products AS p ON p.county = l.county AND p.id = l.product_id
    JOIN shops AS s ON s.county = l.county AND s.id = l.shop_id
    UNION ALL
    SELECT CASE WHEN s.household_id IS NULL THEN 4 ELSE 3 END, CASE WHEN s.household_id IS NULL THEN 'supplier' ELSE 'household' END,
           s.county, coalesce(s.household_id, s.id), coalesce(s.household_id, s.id), s.name || coalesce(' ' || h.card_number, ''), v.name
    FROM supplier_hit AS x
    JOIN suppliers AS s ON s.county = x.county AND s.id = x.id
    JOIN areas AS v ON v.code = s.area_code
    LEFT JOIN households AS h ON h.county = s.county AND h.id = s.household_id
    UNION ALL
    (SELECT 5, 'product', p.county, p.id, p.id, p.name, s.name
     FROM scope
     JOIN products AS p ON p.county = scope.county AND p.words @> :words::text[]
     JOIN shops AS s ON s.county = p.county AND s.id = p.shop_id
     WHERE scope.whole OR p.shop_id = ANY (:actor_organisations::uuid[])
     LIMIT 5)
    UNION ALL
    (SELECT 6, 'shop', s.county, s.id, s.id, s.name, v.name
     FROM scope
     JOIN shops AS s ON s.county = scope.county
     JOIN areas AS v ON v.code = s.area_code
     WHERE (position(:q IN s.name) > 0 OR s.id = :found_id::uuid)
       AND (scope.whole OR s.id = ANY (:actor_organisations::uuid[]) OR area_within(s.area_code, :actor_areas::text[]))
     ORDER BY s.id
     LIMIT 5)
    UNION ALL
    (SELECT 7, 'batch', b.county, b.id, b.id, b.title, v.name
     FROM scope
     JOIN payout_batches AS b ON b.county = scope.county
     JOIN areas AS v ON v.code = b.county
     WHERE scope.whole AND (position(:q IN b.title) > 0 OR b.id = :found_id::uuid)
     ORDER BY b.id DESC
     LIMIT 5)
), troubled AS (
    (SELECT f.county, f.id
     FROM found
     JOIN findings AS f ON f.county = found.county AND f.subject_id = found.subject_id
     WHERE area_within(f.area_code, :actor_areas::text[])
     LIMIT 5)
    UNION
    (SELECT f.county, f.id
     FROM scope
     JOIN findings AS f ON f.county = scope.county AND f.id = :found_id::uuid
     WHERE area_within(f.area_code, :actor_areas::text[]))
)
SELECT kind, county || '-' || id AS id, words, place AS where
FROM (SELECT found.*, row_number() OVER (PARTITION BY rank ORDER BY id DESC) AS row
      FROM found
      UNION ALL
      SELECT 8, 'finding', f.county, f.id, f.subject_id, f.rule, v.name, row_number() OVER (ORDER BY f.id DESC)
      FROM troubled AS x
      JOIN findings AS f ON f.county = x.county AND f.id = x.id
      JOIN areas AS v ON v.code = f.area_code) AS hits
WHERE row <= 5
ORDER BY rank, row
