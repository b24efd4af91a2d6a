-- Keeps one file made of an upload; who was second leaves it as it is.
INSERT INTO photo_files (photo_id, format, size, width, height, bytes)
SELECT :photo_id::uuid, :format, :size::int, :width::int, :height::int, :bytes::bytea
ON CONFLICT (photo_id, format, size) DO NOTHING
