-- No account sees more full numbers an hour than its limit.
SELECT refuse('too-many')
FROM (SELECT count(*) AS revealed
      FROM accounts_audit
      WHERE county = :household_county
        AND at > :now::timestamptz - interval '1 hour'
        AND actor_id = :actor_id::uuid
        AND event = 'id_number_revealed') AS hour
WHERE hour.revealed > :reveals_an_hour_max::int
