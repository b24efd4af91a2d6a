-- The last transaction that wrote what seals cover, in the whole database.
SELECT greatest((SELECT max(written_by::text::bigint) FROM transfers),
                (SELECT max(written_by::text::bigint) FROM ledger_records),
                (SELECT max(written_to::text::bigint) FROM seal_records),
                0) AS last
