-- Makes an account with its consent. A second one of the same login fails by accounts_login__taken.
WITH plan AS (
    SELECT login, display_name, language, consent_version, account_id, password_hash
    FROM jsonb_to_record(:plan::jsonb)
             AS plan (login text, display_name text, language text, consent_version text, account_id uuid, password_hash text)
),
counted AS (
    INSERT INTO login_throttles AS held (subject, failures, free_tries, next_try_at, window_ends_at)
    VALUES (login_register_subject(:client_address), 1, 500, :now::timestamptz, :now::timestamptz + interval '1 hour')
    ON CONFLICT ON CONSTRAINT login_throttles_pkey DO UPDATE
    SET failures = CASE WHEN held.window_ends_at <= :now::timestamptz THEN 1 ELSE held.failures + 1 END,
        next_try_at = :now::timestamptz
                      + login_delay(CASE WHEN held.window_ends_at <= :now::timestamptz THEN 1 ELSE held.failures + 1 END, held.free_tries),
        window_ends_at = CASE WHEN held.window_ends_at <= :now::timestamptz THEN excluded.window_ends_at ELSE held.window_ends_at END
)
INSERT INTO accounts (id, login, display_name, password_hash, language, consent_version, consented_at, created_at)
SELECT account_id, lower(login), display_name, password_hash, language, consent_version, :now::timestamptz, :now::timestamptz
FROM plan
