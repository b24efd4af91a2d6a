-- Accounts: who you are and what you may.

-- owner: accounts
CREATE TABLE accounts (
    id uuid NOT NULL,
    login text NOT NULL,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    language text NOT NULL DEFAULT 'zh',
    consent_version text,
    consented_at timestamptz,
    state text NOT NULL DEFAULT 'active',
    must_change_password boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_login__taken UNIQUE (login),
    CONSTRAINT accounts_login__invalid CHECK (login = lower(login) AND length(login) BETWEEN 3 AND 64),
    CONSTRAINT accounts_language__invalid CHECK (language IN ('zh', 'en')),
    CONSTRAINT accounts_state__invalid CHECK (state IN ('active', 'closed'))
);
CREATE INDEX accounts_by_display_name ON accounts (display_name text_pattern_ops);
CREATE INDEX accounts_by_login ON accounts (login text_pattern_ops);
CALL describe('accounts', 'A person or program that can log in (账号).', '
id | account id, UUIDv7
login | name or phone used to log in, lower case
display_name | what pages call this account
password_hash | argon2id in its own string form; empty until a one-time code sets the first one
language | zh or en
consent_version | version of the terms consented to; null until the person first sets a password himself
consented_at | when that was
state | active or closed
must_change_password | set after a reset or a first password given by someone else
created_at | when it was registered
version | grows with every change, the ETag
');

-- owner: accounts
CREATE TABLE role_grants (
    account_id uuid NOT NULL REFERENCES accounts (id),
    id uuid NOT NULL,
    role text NOT NULL,
    area_code text,
    organisation_county text,
    organisation_id uuid,
    valid_from date NOT NULL,
    valid_to date,
    granted_by uuid,
    granted_at timestamptz NOT NULL,
    revoked_by uuid,
    revoked_at timestamptz,
    CONSTRAINT role_grants_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT role_grants_role__invalid CHECK (role IN ('operator', 'inspector', 'cadre', 'township', 'county', 'finance', 'auditor', 'viewer', 'household', 'administrator')),
    CONSTRAINT role_grants_scope__invalid CHECK ((area_code IS NULL) <> (organisation_id IS NULL)),
    CONSTRAINT role_grants_organisation__invalid CHECK ((organisation_county IS NULL) = (organisation_id IS NULL)),
    CONSTRAINT role_grants_validity__invalid CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX role_grants_by_area ON role_grants (area_code text_pattern_ops, role);
CREATE INDEX role_grants_by_organisation ON role_grants (organisation_id);
CALL describe('role_grants', 'A role bound to an area or an organisation and to a period (角色). Revoked, never deleted.', '
account_id | who holds it
id | grant id
role | role of domain.md; everyone logged in is a buyer without a grant
area_code | the area it is bound to, by code prefix; empty text is everywhere (administrator)
organisation_county | county of that organisation
organisation_id | the shop, station, supplier or household it is bound to
valid_from | first business day it holds
valid_to | first business day it no longer holds; null: open
granted_by | account that granted it; null: the command line
granted_at | when
revoked_by | account that revoked it
revoked_at | when; null while it holds
');

CREATE VIEW accounts_roles_in_force AS
SELECT account_id, id, role, area_code, organisation_county, organisation_id, valid_from, valid_to
FROM role_grants
WHERE revoked_at IS NULL;
COMMENT ON VIEW accounts_roles_in_force IS 'Grants nobody revoked; in force from valid_from until before valid_to.';

CREATE FUNCTION accounts_roles_json(account uuid, today date) RETURNS json
LANGUAGE sql STABLE AS $$
    SELECT COALESCE(json_agg(json_build_object(
               'role_id', id, 'role', role, 'area_code', area_code, 'organisation_id', organisation_county || '-' || organisation_id,
               'valid_from', valid_from, 'valid_to', valid_to) ORDER BY id), '[]')
    FROM accounts_roles_in_force
    WHERE account_id = account
      AND valid_from <= today
      AND (valid_to IS NULL OR valid_to > today)
$$;
COMMENT ON FUNCTION accounts_roles_json IS 'The roles of an account in force on a day, as answers show them.';

-- owner: accounts
CREATE TABLE sessions (
    id uuid NOT NULL,
    token_hash text NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    kind text NOT NULL,
    name text,
    csrf text NOT NULL,
    scopes text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_on date,
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_token__taken UNIQUE (token_hash),
    CONSTRAINT sessions_kind__invalid CHECK (kind IN ('session', 'token'))
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CALL describe('sessions', 'Browser sessions and bearer tokens; only the hash of the secret is kept.', '
id | session id
token_hash | SHA-256 of the secret, hex
account_id | whose it is
kind | session (cookie) or token (bearer)
name | what the owner calls a token
csrf | value unsafe requests by cookie must repeat
scopes | roles a token is limited to; empty: all of its account
created_at | when it was opened
expires_at | when it ends by itself
revoked_at | when it was ended
last_used_on | last business day it was seen
');

-- owner: accounts
CREATE TABLE login_throttles (
    subject text NOT NULL,
    failures int NOT NULL,
    free_tries int NOT NULL,
    next_try_at timestamptz NOT NULL,
    window_ends_at timestamptz NOT NULL,
    known boolean NOT NULL DEFAULT false,
    CONSTRAINT login_throttles_pkey PRIMARY KEY (subject)
);
-- What a try to log in counts against, and how many failures of each are free.
CREATE FUNCTION login_throttle_subjects(login text, address text)
RETURNS TABLE (kind text, subject text, free_tries int)
LANGUAGE sql IMMUTABLE AS $$
    SELECT counted.kind, encode(sha256(convert_to(counted.kind || '|' || counted.words, 'UTF8')), 'hex'), counted.free_tries
    FROM (VALUES ('login', lower(login) || '|' || COALESCE(address, ''), 5), ('address', COALESCE(address, ''), 50)) AS counted (kind, words, free_tries)
$$;
COMMENT ON FUNCTION login_throttle_subjects IS 'The subjects of login_throttles for one login from one address.';

CREATE FUNCTION login_register_subject(address text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to('register|' || COALESCE(address, ''), 'UTF8')), 'hex')
$$;
COMMENT ON FUNCTION login_register_subject IS 'The subject of login_throttles for new accounts from one address.';

-- Doubles with each failure beyond the free ones, up to a minute: a guesser is slowed, the person himself waits no longer than that.
CREATE FUNCTION login_delay(failures int, free_tries int) RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
               WHEN failures < free_tries THEN interval '0'
               ELSE make_interval(secs => LEAST(60, 1 << LEAST(6, failures - free_tries)))
           END
$$;
COMMENT ON FUNCTION login_delay IS 'How long to wait after this many failures.';
CREATE INDEX login_throttles_by_age ON login_throttles (window_ends_at);
CALL describe('login_throttles', 'Failed logins per login-and-address and per address, so that guessing is slow and nobody can lock another out.', '
subject | hash of what is counted: login with address, or address alone
failures | tries in the window that did not succeed
free_tries | failures without a wait
next_try_at | before this a try is refused unseen; grows with the failures
window_ends_at | when the count starts anew
known | this login has succeeded from this address: the failures of its neighbours no longer slow it
');

-- owner: accounts
CREATE TABLE reset_codes (
    account_id uuid NOT NULL REFERENCES accounts (id),
    id uuid NOT NULL,
    code_hash text NOT NULL,
    issued_by uuid,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT reset_codes_pkey PRIMARY KEY (account_id, id)
);
CALL describe('reset_codes', 'One-time codes for a forgotten password, printed by the county or the command line.', '
account_id | whose password may be set
id | code id
code_hash | SHA-256 of the code, hex
issued_by | who printed it; null: the command line
issued_at | when
expires_at | until when it works
used_at | when it was used
');

-- owner: accounts
CREATE TABLE idempotency_keys (
    actor_id uuid NOT NULL,
    key text NOT NULL,
    request_hash text NOT NULL,
    answer_status int,
    answer_body text,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CALL describe('idempotency_keys', 'Answers of committed requests, so that a repeat gets the first answer; deleted after seven days.', '
actor_id | who sent it
key | the Idempotency-Key header
request_hash | SHA-256 of method, path and body, hex
answer_status | HTTP status of the first answer
answer_body | body of the first answer
created_at | when it was first sent
');

-- owner: accounts, appended to by all
CREATE TABLE audit_events (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor_id uuid,
    event text NOT NULL,
    county text,
    subject_kind text,
    subject_id uuid,
    reason text,
    detail jsonb NOT NULL DEFAULT '{}',
    request_id text,
    CONSTRAINT audit_events_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_events_by_subject ON audit_events (subject_id, at);
CREATE INDEX audit_events_by_county ON audit_events (county, at);
CALL describe('audit_events', 'Who did or saw what, when and why. Append-only.', '
id | event id
at | when
actor_id | which account; null: the command line or a job
event | what, as subject_verb
county | the county concerned
subject_kind | table of the thing concerned
subject_id | its id
reason | the stated reason, where one is needed
detail | what else matters; never a secret or a full number
request_id | the request that did it
');

GRANT SELECT, INSERT, UPDATE ON accounts, role_grants, sessions, login_throttles, reset_codes, idempotency_keys TO shanhuo_app;
GRANT DELETE ON sessions, login_throttles, reset_codes, idempotency_keys TO shanhuo_app;
GRANT SELECT ON accounts_roles_in_force TO shanhuo_app;
GRANT SELECT, INSERT ON audit_events TO shanhuo_app;

CREATE VIEW accounts_audit AS
    SELECT at, actor_id, event, county, subject_id
    FROM audit_events;
COMMENT ON VIEW accounts_audit IS 'Who did what when, for limits other subjects keep.';
GRANT SELECT ON accounts_audit TO shanhuo_app;
