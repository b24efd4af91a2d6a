-- Whether this connection leads. A session that already leads gets it again, so asking is also the proof that it still does.
-- 5341184 is an arbitrary number, the same in every release.
SELECT pg_try_advisory_lock(5341184) AS leads
