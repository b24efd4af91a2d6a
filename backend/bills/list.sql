-- The bills of an area's counties, newest day first, with what of each is still open.
SELECT b.county || '-' || b.id AS bill_id,
       b.county,
       a.name AS county_name,
       b.provider,
       b.day,
       b.edition,
       b.lines_count,
       b.matched_count,
       b.different_count,
       b.missing_here_count,
       b.missing_there_count,
       b.paid_fen - b.refunded_fen AS net_fen,
       b.our_paid_fen - b.our_refunded_fen AS our_net_fen,
       (SELECT count(*)
        FROM bill_lines AS l
        JOIN findings AS f
          ON f.county = l.county
         AND f.id = l.finding_id
        WHERE l.county = b.county
          AND l.bill_id = b.id
          AND f.state <> 'closed') AS open_count,
       b.taken_at,
       b.day || '|' || b.id AS cursor
FROM bills AS b
JOIN areas AS a
  ON a.code = b.county
WHERE area_within(b.county, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(b.county, left(:area::text, 6)))
  AND (:cursor::text IS NULL
       OR (b.day, b.id) < (split_part(:cursor::text, '|', 1)::date, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY b.day DESC, b.id DESC
LIMIT :limit::int
