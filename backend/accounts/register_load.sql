-- Whether a login is free, and whether this address has registered too many of late.
SELECT EXISTS (SELECT FROM accounts WHERE login = lower(:login)) AS taken,
       GREATEST(0, CEIL(EXTRACT(EPOCH FROM (
           SELECT next_try_at
           FROM login_throttles
           WHERE subject = login_register_subject(:client_address)
       ) - :now::timestamptz)))::int AS retry_after_s
