-- Webhooks: what happened, told to programs of shops, units and counties.

-- owner: webhooks, appended to by all
CREATE TABLE webhook_events (
    county text NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    subject text NOT NULL,
    subject_id uuid NOT NULL,
    became text NOT NULL,
    shop_id uuid,
    unit_id uuid,
    amount_fen bigint,
    refunded_fen bigint,
    fanned_at timestamptz,
    CONSTRAINT webhook_events_pkey PRIMARY KEY (county, id),
    CONSTRAINT webhook_events_subject__invalid CHECK (subject IN ('order', 'return', 'lot', 'purchase_list', 'payout_batch', 'finding', 'complaint'))
);
CREATE INDEX webhook_events_waiting ON webhook_events (at) WHERE fanned_at IS NULL;
CREATE INDEX webhook_events_told ON webhook_events (fanned_at) WHERE fanned_at IS NOT NULL;
CALL describe('webhook_events', 'What happened, written in the transaction in which it did: ids, states and amounts, and no column that could hold a person.', '
county | county of the thing, first key
id | event id, the webhook-id of its messages
at | when it happened
subject | what it happened to; with became it is the type: order.paid
subject_id | its id
became | what became of it
shop_id | the shop concerned, whose webhooks hear of it
unit_id | the unit concerned, of what is a unit''s by itself; orders of units are found by unit_orders
amount_fen | the whole amount
refunded_fen | of it refunded by now
fanned_at | when deliveries were made of it
');

-- owner: webhooks
CREATE TABLE webhooks (
    county text NOT NULL,
    id uuid NOT NULL,
    owner_kind text NOT NULL,
    owner_id uuid,
    name text NOT NULL,
    address text NOT NULL,
    events text[] NOT NULL,
    state text NOT NULL DEFAULT 'active',
    secret_sealed bytea NOT NULL,
    old_secret_sealed bytea,
    old_secret_until timestamptz,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    stopped_at timestamptz,
    stopped_why text,
    ended_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT webhooks_pkey PRIMARY KEY (county, id),
    CONSTRAINT webhooks_owner__invalid CHECK (owner_kind IN ('shop', 'unit', 'county') AND (owner_kind = 'county') = (owner_id IS NULL)),
    CONSTRAINT webhooks_state__invalid CHECK (state IN ('active', 'paused', 'stopped') AND (state = 'stopped') = (stopped_at IS NOT NULL))
);
CREATE INDEX webhooks_by_owner ON webhooks (county, owner_id) WHERE ended_at IS NULL;
CALL describe('webhooks', 'An address of a program that wants to hear of events.', '
county | county of its owner, first key
id | webhook id
owner_kind | shop, unit or county
owner_id | the shop or unit; null: the county itself
name | what its owner calls it
address | URL the messages are posted to
events | types it wants, as order.paid
state | active; paused by a person; stopped because messages did not get through
secret_sealed | secret that signs, sealed
old_secret_sealed | secret before the last change, sealed; signs too for a day
old_secret_until | until when it does
made_by | account
made_at | when
stopped_at | since when it is stopped
stopped_why | what went wrong last
ended_at | when it was removed
version | for If-Match
');

-- owner: webhooks
CREATE TABLE webhook_deliveries (
    county text NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    happened_at timestamptz NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    attempts int NOT NULL DEFAULT 0,
    attempts_before int NOT NULL DEFAULT 0,
    made_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    claimed_until timestamptz,
    delivered_at timestamptz,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (county, webhook_id, event_id),
    CONSTRAINT webhook_deliveries_webhook__not_found FOREIGN KEY (county, webhook_id) REFERENCES webhooks (county, id),
    CONSTRAINT webhook_deliveries_state__invalid CHECK (state IN ('waiting', 'delivered', 'failed'))
);
CREATE INDEX webhook_deliveries_open ON webhook_deliveries (county, webhook_id, due_at) WHERE state <> 'delivered';
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (county, webhook_id, happened_at, event_id);
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (made_at);
CALL describe('webhook_deliveries', 'One message to one address: sent again until it is taken, or given up. One event comes to an address under one id for ever.', '
county | county of the webhook, first key
webhook_id | webhook
event_id | event, the webhook-id of the message
type | its type, as order.paid
happened_at | when the event happened
body | the message, signed as it stands here
state | waiting, delivered or failed
attempts | attempts begun so far
attempts_before | attempts made before it was last sent anew by hand; delays are counted from there
made_at | when
due_at | next attempt not before
claimed_until | an attempt is under way until then; after that it is taken for lost and made again
delivered_at | when it was taken
');

-- owner: webhooks
CREATE TABLE webhook_attempts (
    county text NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    attempt int NOT NULL,
    at timestamptz NOT NULL,
    outcome text NOT NULL,
    status int,
    took_ms int NOT NULL,
    CONSTRAINT webhook_attempts_pkey PRIMARY KEY (county, webhook_id, event_id, attempt),
    CONSTRAINT webhook_attempts_delivery__not_found FOREIGN KEY (county, webhook_id, event_id)
        REFERENCES webhook_deliveries (county, webhook_id, event_id) ON DELETE CASCADE
);
CALL describe('webhook_attempts', 'One attempt of a delivery and how it ended. One that has no row here was lost with the process that made it.', '
county | county of the webhook, first key
webhook_id | webhook
event_id | event
attempt | number of the attempt
at | when it ended
outcome | taken, refused, redirected, gone, timeout, too_big, address_forbidden or unreachable
status | HTTP status, if one came
took_ms | how long it took
');

GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_events, webhook_deliveries TO shanhuo_app;
GRANT SELECT, INSERT, UPDATE ON webhooks TO shanhuo_app;
GRANT SELECT, INSERT, DELETE ON webhook_attempts TO shanhuo_app;

CREATE FUNCTION webhook_time(at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
COMMENT ON FUNCTION webhook_time IS 'An instant as messages have it.';
