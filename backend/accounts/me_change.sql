-- Changes the display name or language of whoever is asking, if nobody changed them meanwhile.
WITH changed AS (
    UPDATE accounts
    SET display_name = COALESCE(:body::jsonb ->> 'display_name', display_name),
        language = COALESCE(:body::jsonb ->> 'language', language),
        version = version + 1
    WHERE id = :actor_id::uuid
      AND version::text = :if_match
    RETURNING id, login, display_name, language, version
)
SELECT CASE WHEN changed.id IS NULL THEN 'stale' END AS problem,
       changed.id AS account_id, changed.login, changed.display_name, changed.language, changed.version
FROM (VALUES (1)) AS asked (once)
LEFT JOIN changed ON true
