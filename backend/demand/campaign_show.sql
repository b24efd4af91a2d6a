-- A campaign's result: what its days sold, the accredited part beside the whole, what the same weekdays of the four weeks before would have
-- sold, the same days a year before, and the four weeks after it beside the four weeks before. A campaign that runs has no increment yet.
-- Who does not oversee the county (the public has no areas) sees the result once it is over, unless so few orders would tell of one buyer.
WITH campaign AS MATERIALIZED (
    SELECT c.county, c.id, c.template, c.title, c.starts_on, c.ends_on, c.goal_fen, c.version,
           area_within(c.county, :actor_areas::text[]) AND (c.starts_on > :today::date OR c.made_at > :now::timestamptz - interval '1 day') AS is_open,
           :today::date >= c.ends_on AS is_over,
           :today::date >= c.ends_on + 28 AS is_after,
           area_within(c.county, :actor_areas::text[]) OR :today::date >= c.ends_on
               AND (SELECT count(*) >= 5
                    FROM orders AS o
                    WHERE o.county = c.county
                      AND o.paid_on >= c.starts_on
                      AND o.paid_on < c.ends_on) AS is_shown
    FROM campaigns AS c
    WHERE c.county = :campaign_county
      AND c.id = :campaign_id::uuid
), during AS (
    SELECT coalesce(sum(d.sales_fen), 0)::bigint AS sales_fen, coalesce(sum(d.accredited_fen), 0)::bigint AS accredited_fen,
           round(sum(d.before_fen) / 4)::bigint AS expected_fen, count(*) AS days_count
    FROM campaign
    JOIN demand_campaign_days AS d
      ON d.county = campaign.county
     AND d.id = campaign.id
    WHERE d.county = :campaign_county
), around AS (
    SELECT coalesce(sum(s.net_fen) FILTER (WHERE s.paid_on >= c.starts_on - 28 AND s.paid_on < c.starts_on), 0)::bigint AS before_fen,
           coalesce(sum(s.net_fen) FILTER (WHERE s.paid_on >= c.ends_on), 0)::bigint AS after_fen,
           coalesce(sum(s.net_fen) FILTER (WHERE s.paid_on < c.ends_on - 364), 0)::bigint AS year_before_fen
    FROM campaign AS c
    LEFT JOIN demand_sold AS s
           ON s.county = c.county
          AND s.county = :campaign_county
          AND (s.paid_on >= c.starts_on - 28 AND s.paid_on < c.ends_on + 28
               OR s.paid_on >= c.starts_on - 364 AND s.paid_on < c.ends_on - 364)
)
SELECT c.county || '-' || c.id AS campaign_id,
       c.county,
       (SELECT a.name FROM areas AS a WHERE a.code = c.county) AS county_name,
       c.template,
       c.title,
       c.starts_on,
       c.ends_on,
       c.goal_fen,
       c.is_over,
       c.is_shown,
       during.days_count,
       CASE WHEN c.is_shown THEN during.sales_fen END AS sales_fen,
       CASE WHEN c.is_shown THEN during.accredited_fen END AS accredited_fen,
       CASE WHEN c.is_shown THEN during.sales_fen - during.accredited_fen END AS not_accredited_fen,
       CASE WHEN c.is_shown THEN during.expected_fen END AS expected_fen,
       CASE WHEN c.is_shown AND c.is_over THEN during.sales_fen - during.expected_fen END AS increment_fen,
       CASE WHEN c.is_shown THEN around.year_before_fen END AS year_before_fen,
       CASE WHEN c.is_shown THEN around.before_fen END AS before_fen,
       CASE WHEN c.is_shown AND c.is_after THEN around.after_fen END AS after_fen,
       CASE WHEN c.is_shown AND c.is_after THEN around.after_fen - around.before_fen END AS after_dip_fen,
       'I20 I21 v1' AS formula,
       to_json(CASE WHEN c.is_open THEN ARRAY ['withdraw'] ELSE ARRAY []::text[] END) AS may,
       c.version
FROM campaign AS c
CROSS JOIN during
CROSS JOIN around
