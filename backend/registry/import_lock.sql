-- One import a county at a time: what a second would add is decided by what the first has added.
SELECT pg_advisory_xact_lock(hashtextextended('registry/import ' || :county, 0))
