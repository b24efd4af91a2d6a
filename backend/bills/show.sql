-- One bill: its sums beside ours.
SELECT b.county || '-' || b.id AS bill_id,
       b.county,
       (SELECT a.name FROM areas AS a WHERE a.code = b.county) AS county_name,
       b.provider,
       b.day,
       b.edition,
       b.lines_count,
       b.matched_count,
       b.different_count,
       b.missing_here_count,
       b.missing_there_count,
       b.elsewhere_count,
       b.paid_fen,
       b.refunded_fen,
       b.our_paid_fen,
       b.our_refunded_fen,
       (SELECT who.display_name FROM accounts AS who WHERE who.id = b.taken_by) AS taken_by,
       b.taken_at
FROM bills AS b
WHERE b.county = :bill_county
  AND b.id = :bill_id::uuid
  AND area_within(b.county, :actor_areas::text[])
