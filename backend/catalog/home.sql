-- What the first page shows: goods in season, campaigns, kinds, places and shops. In season is what was harvested last and lies ready to be
-- packed; a campaign shows from two weeks before its first day.
WITH sellable AS MATERIALIZED (
    SELECT g.*
    FROM catalog_goods AS g
), season AS (
    SELECT s.*, h.harvested_on
    FROM sellable AS s
    CROSS JOIN LATERAL (
        SELECT l.harvested_on
        FROM lots AS l
        WHERE l.county = s.county
          AND l.product_id = s.id
          AND l.inspection = 'passed'
          AND NOT l.expired
          AND l.on_hand_qty > 0
        ORDER BY l.harvested_on DESC
        LIMIT 1) AS h
    WHERE s.stock <> 'sold_out'
    ORDER BY h.harvested_on DESC, s.id DESC
    LIMIT 12
), kind AS (
    SELECT s.category_code, c.name_zh, c.name_en, count(*) AS products_count
    FROM sellable AS s
    JOIN categories AS c
      ON c.code = s.category_code
    GROUP BY s.category_code, c.name_zh, c.name_en
), place AS (
    SELECT left(s.area_code, 9) AS township, s.county, s.county_name, count(*) AS products_count, count(DISTINCT s.shop_id) AS shops_count
    FROM sellable AS s
    GROUP BY left(s.area_code, 9), s.county, s.county_name
), township AS (
    SELECT p.county, p.county_name, p.township, a.name, p.products_count, p.shops_count
    FROM place AS p
    JOIN areas AS a
      ON a.code = p.township
), county AS (
    SELECT t.county, t.county_name, sum(t.products_count)::bigint AS products_count, sum(t.shops_count)::bigint AS shops_count,
           json_agg(json_build_object('area_code', t.township, 'name', t.name, 'products_count', t.products_count, 'shops_count', t.shops_count)
                    ORDER BY t.products_count DESC, t.township) AS townships
    FROM township AS t
    GROUP BY t.county, t.county_name
    ORDER BY sum(t.products_count) DESC, t.county
    LIMIT 50
), newest AS (
    SELECT s.county, s.id, s.name, s.area_code, a.name AS area_name, c.name AS county_name
    FROM shops AS s
    JOIN areas AS a
      ON a.code = s.area_code
    JOIN areas AS c
      ON c.code = s.county
    WHERE s.state = 'open'
    ORDER BY s.id DESC, s.county DESC
    LIMIT 6
), campaign AS (
    SELECT m.county, m.id, m.title, m.starts_on, m.ends_on, a.name AS county_name
    FROM demand_campaigns AS m
    JOIN areas AS a
      ON a.code = m.county
    WHERE m.starts_on <= :today::date + 14
      AND m.ends_on > :today::date
    ORDER BY m.starts_on, m.county, m.id
    LIMIT 4
)
SELECT (SELECT coalesce(json_agg(json_build_object(
                   'product_id', county || '-' || id, 'name', name, 'category_code', category_code, 'shop_id', county || '-' || shop_id,
                   'shop_name', shop_name, 'area_code', area_code, 'area_name', area_name, 'county_name', county_name,
                   'offer_name', offer_name, 'pack_qty', pack_qty, 'base_unit', base_unit, 'price_fen', price_fen, 'stock', stock,
                   'harvested_on', harvested_on, 'cover_photo_id', cover_photo_id) ORDER BY harvested_on DESC, id DESC), '[]'::json)
        FROM season) AS season,
       (SELECT coalesce(json_agg(json_build_object('category_code', category_code, 'name_zh', name_zh, 'name_en', name_en,
                   'products_count', products_count) ORDER BY products_count DESC, category_code), '[]'::json)
        FROM kind) AS categories,
       (SELECT coalesce(json_agg(json_build_object('area_code', county, 'name', county_name, 'products_count', products_count,
                   'shops_count', shops_count, 'townships', townships) ORDER BY products_count DESC, county), '[]'::json)
        FROM county) AS places,
       (SELECT coalesce(json_agg(json_build_object('shop_id', county || '-' || id, 'name', name, 'area_code', area_code,
                   'area_name', area_name, 'county_name', county_name) ORDER BY id DESC, county DESC), '[]'::json)
        FROM newest) AS shops,
       (SELECT coalesce(json_agg(json_build_object('campaign_id', county || '-' || id, 'county', county, 'county_name', county_name,
                   'title', title, 'starts_on', starts_on, 'ends_on', ends_on) ORDER BY starts_on, county, id), '[]'::json)
        FROM campaign) AS campaigns
