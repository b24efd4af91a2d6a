-- One looking-back: how far its file has come, what it would change or has changed, and who decides.
SELECT i.county || '-' || i.id AS look_back_id,
       i.options ->> 'title' AS title,
       i.options ->> 'source' AS source,
       i.file_name,
       i.dry_run,
       i.state AS file_state,
       i.rows_read,
       i.report,
       i.requested_at,
       entered.display_name AS proposed_by,
       i.requested_by = :actor_id::uuid AS is_own_entry,
       b.state,
       b.rows_count,
       b.removed_count,
       b.added_count,
       decider.display_name AS decided_by,
       b.decided_at,
       b.reason,
       (SELECT count(*) FROM household_statuses AS s WHERE s.county = i.county AND upper_inf(s.known) AND upper_inf(s.valid)
                                                       AND s.status IN ('registered', 'returned')) AS registered_now_count,
       b.version
FROM imports AS i
LEFT JOIN look_backs AS b
       ON b.county = i.county
      AND b.id = i.id
LEFT JOIN accounts_names AS entered
       ON entered.id = i.requested_by
LEFT JOIN accounts_names AS decider
       ON decider.id = b.decided_by
WHERE i.county = :look_back_county
  AND i.id = :look_back_id::uuid
  AND i.kind = 'look_backs'
  AND area_within(i.county, :actor_areas::text[])
