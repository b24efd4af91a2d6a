-- One who reveals at a time, so that the hour's count is true for requests sent together.
SELECT pg_advisory_xact_lock(hashtextextended('registry/reveal ' || :actor_id::text, 0))
