-- Keeps a signed head of a county for a day; the first of the day stands.
INSERT INTO day_heads (county, day, seal_number, head, taken_at, public_key, signature)
VALUES (:county, :today::date, :number::bigint, :head, :now::timestamptz, :public_key, :signature)
ON CONFLICT (county, day) DO NOTHING
