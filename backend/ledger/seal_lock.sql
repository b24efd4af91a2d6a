-- One sealer a county at a time; held until the transaction ends.
SELECT pg_advisory_xact_lock(hashtext('seal ' || :county))
