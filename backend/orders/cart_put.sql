-- The cart becomes these lines; packs of the same offer are added up, an unknown offer refuses them all.
WITH given AS MATERIALIZED (
    SELECT l.offer_county AS county, l.offer_id, least(999, sum(l.packs))::int AS packs
    FROM jsonb_to_recordset(:body::jsonb -> 'lines') AS l (offer_county text, offer_id uuid, packs int)
    GROUP BY l.offer_county, l.offer_id
), removed AS (
    DELETE FROM cart_lines AS c
    WHERE c.buyer_id = :actor_id::uuid
      AND (c.county, c.offer_id) NOT IN (SELECT county, offer_id FROM given)
), put AS (
    INSERT INTO cart_lines (buyer_id, county, offer_id, packs, added_at)
    SELECT :actor_id::uuid, given.county, given.offer_id, given.packs, :now::timestamptz
    FROM given
    JOIN offers AS o ON o.county = given.county AND o.id = given.offer_id
    ON CONFLICT (buyer_id, county, offer_id) DO UPDATE SET packs = excluded.packs
    RETURNING 1
)
SELECT CASE WHEN (SELECT count(*) FROM put) <> (SELECT count(*) FROM given) THEN refuse('not-found') END,
       (SELECT count(*) FROM put) AS lines_count
