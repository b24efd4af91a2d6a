-- A sample with all one needs to draw it again; its result, with Wilson's interval at 95 %, only once it is closed.
SELECT s.county || '-' || s.id AS sample_id,
       s.title,
       s.area_code,
       a.name AS area_name,
       s.frame,
       s.from_on,
       s.to_on,
       s.seed,
       s.frame_count,
       encode(s.frame_hash, 'hex') AS frame_hash,
       s.state,
       s.due_on,
       s.drawn_at,
       drawer.display_name AS drawn_by_name,
       s.closed_at,
       c.cases_count,
       c.answered_count,
       c.right_count,
       (c.right_count * 1000000 / nullif(c.judged_count, 0))::bigint AS right_ppm,
       round(1000000 * (w.middle - w.reach) / w.scale)::bigint AS low_ppm,
       round(1000000 * (w.middle + w.reach) / w.scale)::bigint AS high_ppm,
       s.version
FROM samples AS s
JOIN areas AS a
  ON a.code = s.area_code
LEFT JOIN accounts AS drawer
       ON drawer.id = s.drawn_by
CROSS JOIN LATERAL (SELECT count(*) AS cases_count, count(n.answered_at) AS answered_count, count(n.is_right) AS judged_count,
                           CASE WHEN s.state = 'closed' THEN count(*) FILTER (WHERE n.is_right) END AS right_count
                    FROM sample_cases AS n
                    WHERE n.county = s.county
                      AND n.sample_id = s.id) AS c
CROSS JOIN LATERAL (SELECT c.right_count::numeric / nullif(c.judged_count, 0) AS rate, 3.841459 AS zz, nullif(c.judged_count, 0)::numeric AS n) AS r
CROSS JOIN LATERAL (SELECT r.rate + r.zz / (2 * r.n) AS middle, sqrt(r.zz * (r.rate * (1 - r.rate) / r.n + r.zz / (4 * r.n * r.n))) AS reach,
                           1 + r.zz / r.n AS scale) AS w
WHERE s.county = :sample_county
  AND s.id = :sample_id::uuid
  AND area_within(s.area_code, :actor_areas::text[])
