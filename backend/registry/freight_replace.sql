-- Sets a shop's whole freight table, a destination once; orders placed keep what they froze.
WITH shop AS (
    SELECT s.county, s.id
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND s.id = ANY (:actor_organisations::uuid[])
), wanted AS (
    SELECT DISTINCT ON (coalesce(f.destination, '')) coalesce(f.destination, '') AS destination, f.first_g, f.first_fen, f.further_g, f.further_fen, f.delivered
    FROM jsonb_to_recordset(:body::jsonb -> 'rules') AS f (
        destination text, first_g bigint, first_fen bigint, further_g bigint, further_fen bigint, delivered boolean)
), gone AS (
    DELETE FROM freight_rules AS f
    USING shop
    WHERE f.county = shop.county
      AND f.shop_id = shop.id
      AND f.destination NOT IN (SELECT destination FROM wanted)
), written AS (
    INSERT INTO freight_rules AS f (county, shop_id, destination, first_g, first_fen, further_g, further_fen, delivered)
    SELECT shop.county, shop.id, w.destination, w.first_g, w.first_fen, w.further_g, w.further_fen, coalesce(w.delivered, true)
    FROM shop
    CROSS JOIN wanted AS w
    ON CONFLICT (county, shop_id, destination) DO UPDATE
    SET first_g = excluded.first_g,
        first_fen = excluded.first_fen,
        further_g = excluded.further_g,
        further_fen = excluded.further_fen,
        delivered = excluded.delivered,
        version = f.version + 1
    RETURNING 1
)
SELECT CASE
           WHEN (SELECT count(*) FROM wanted) <> jsonb_array_length(:body::jsonb -> 'rules') THEN 'invalid'
       END AS problem,
       CASE
           WHEN (SELECT count(*) FROM wanted) <> jsonb_array_length(:body::jsonb -> 'rules') THEN '/rules'
       END AS problem_pointer,
       CASE
           WHEN (SELECT count(*) FROM wanted) <> jsonb_array_length(:body::jsonb -> 'rules') THEN 'each destination once'
       END AS problem_message,
       shop.county || '-' || shop.id AS shop_id,
       (SELECT count(*) FROM written) AS rules_count
FROM shop
