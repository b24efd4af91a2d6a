-- One folder a county at a time, held until the transaction ends: two would write the same month from two snapshots.
SELECT pg_advisory_xact_lock(hashtext('fold ' || :county))
