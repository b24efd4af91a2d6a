-- What reports ask of the rollups besides sums: how far they are, and refunds of odd periods.

CREATE INDEX attributions_refunds ON attributions (county, business_day) WHERE kind = 'refund';

CREATE VIEW impact_oldest_waiting AS
    SELECT c.code AS county, a.posted_at
    FROM areas AS c
    CROSS JOIN LATERAL (SELECT w.attribution_id
                        FROM attributions_waiting AS w
                        WHERE w.county = c.code
                        ORDER BY w.attribution_id
                        LIMIT 1) AS w
    JOIN attributions AS a
      ON a.county = c.code
     AND a.id = w.attribution_id
    WHERE c.kind = 'county';
COMMENT ON VIEW impact_oldest_waiting IS 'Counties whose rollups are behind, and the instant of the first attribution they lack.';

-- A shop that leaves paid orders unshipped: how many, and the oldest.
CREATE VIEW impact_unshipped AS
    SELECT o.county, s.area_code, o.shop_id, s.name, o.paid_at
    FROM orders AS o
    JOIN shops AS s
      ON s.county = o.county
     AND s.id = o.shop_id
    WHERE o.state = 'paid';
COMMENT ON VIEW impact_unshipped IS 'Paid orders that wait to be shipped, by shop.';

GRANT SELECT ON impact_unshipped, impact_oldest_waiting TO shanhuo_app;
