-- Keeps a bearer token by its hash.
INSERT INTO sessions (id, token_hash, account_id, kind, name, csrf, scopes, created_at, expires_at)
SELECT token_id, token_hash, account_id, 'token', name, '', string_to_array(scope, ' '), :now::timestamptz, expires_at
FROM jsonb_to_record(:plan::jsonb)
         AS plan (token_id uuid, token_hash text, account_id uuid, name text, scope text, expires_at timestamptz)
