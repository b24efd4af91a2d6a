-- Tells every process that what the catalogue shows has changed.
SELECT pg_notify('catalog', '')
