-- Suggests these from now on.
INSERT INTO suggestions (kind, county, code, name, detail, words)
SELECT s.kind, s.county, s.code, s.name, s.detail, s.words
FROM jsonb_to_recordset(:suggestions::jsonb) AS s (kind text, county text, code text, name text, detail text, words text[])
ON CONFLICT (kind, county, code) DO UPDATE
SET name = excluded.name,
    detail = excluded.detail,
    words = excluded.words
