-- Whether the database is in use: then the demo keeps away from it.
SELECT EXISTS (SELECT 1 FROM orders) OR EXISTS (SELECT 1 FROM shops) OR EXISTS (SELECT 1 FROM accounts) AS in_use
