-- What a seal covers, in its order, beside what was written where it takes from: a transfer that is gone has no kind, one that was never
-- sealed has no place. Ranges are read, not rows one by one: transfers of one time lie together, and so do their entries. What comes after
-- is cut by a limit, with room for some that were put in: an index would be read on to the end of one transaction, however long.
WITH member AS MATERIALIZED (
    SELECT m.transfer_id, m.position, m.link
    FROM seal_transfers AS m
    WHERE m.county = :county
      AND m.seal_number = :number::bigint
), since AS MATERIALIZED (
    SELECT t.written_by, t.id
    FROM seal_transfers AS m
    JOIN transfers AS t
      ON t.county = m.county
     AND t.id = m.transfer_id
    WHERE m.county = :county
      AND m.seal_number < :number::bigint
    ORDER BY m.seal_number DESC, m.position DESC
    LIMIT 1
), until AS MATERIALIZED (
    SELECT t.written_by, t.id
    FROM seal_transfers AS m
    JOIN transfers AS t
      ON t.county = m.county
     AND t.id = m.transfer_id
    WHERE m.county = :county
      AND m.seal_number <= :number::bigint
    ORDER BY m.seal_number DESC, m.position DESC
    LIMIT 1
), after AS MATERIALIZED (
    SELECT t.id, t.kind, t.reference, (extract(epoch FROM t.posted_at) * 1000000)::bigint AS posted_us, t.made_by, t.written_by
    FROM transfers AS t
    WHERE t.county = :county
      AND (t.written_by, t.id) > (coalesce((SELECT written_by FROM since), '0'),
                                  coalesce((SELECT id FROM since), '00000000-0000-0000-0000-000000000000'))
    ORDER BY t.written_by, t.id
    LIMIT (SELECT count(*) FROM member) + 100
), posted AS MATERIALIZED (
    SELECT id, kind, reference, posted_us, made_by
    FROM after
    WHERE (written_by, id) <= ((SELECT written_by FROM until), (SELECT id FROM until))
), entry AS MATERIALIZED (
    SELECT e.transfer_id, e.position, e.debit_kind, e.debit_holder, e.credit_kind, e.credit_holder, e.amount_fen
    FROM entries AS e
    WHERE e.county = :county
      AND e.transfer_id >= (SELECT id FROM posted ORDER BY id LIMIT 1)
      AND e.transfer_id <= (SELECT id FROM posted ORDER BY id DESC LIMIT 1)
)
SELECT coalesce(member.transfer_id, posted.id) AS transfer_id, posted.kind, posted.reference, posted.posted_us, posted.made_by,
       entry.position, entry.debit_kind, entry.debit_holder, entry.credit_kind, entry.credit_holder, entry.amount_fen,
       member.position AS place, encode(member.link, 'hex') AS link
FROM member
FULL JOIN posted
       ON posted.id = member.transfer_id
LEFT JOIN entry
       ON entry.transfer_id = posted.id
ORDER BY member.position, posted.id, entry.position
