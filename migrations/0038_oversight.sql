-- Oversight: what people say is wrong, who looks into it and what became of it.

-- owner: oversight
CREATE TABLE complaints (
    county text NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    code_hash text,
    code_for text NOT NULL,
    channel text NOT NULL,
    category text NOT NULL,
    about_level text,
    area_code text NOT NULL REFERENCES areas (code),
    subject_kind text,
    subject_id uuid,
    words text NOT NULL,
    name_masked text,
    name_sealed bytea,
    contact_masked text,
    contact_sealed bytea,
    raised_by uuid,
    taken_by uuid,
    received_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'received',
    scope text,
    sorted_by uuid,
    sorted_at timestamptz,
    sort_due_at timestamptz NOT NULL,
    assigned_to uuid,
    answer_due_at timestamptz NOT NULL,
    referred_kind text,
    referred_to text,
    referred_number text,
    came_from text,
    judgement text,
    solved boolean,
    punished_count int NOT NULL DEFAULT 0,
    recovered_fen bigint NOT NULL DEFAULT 0,
    answer text,
    answered_by uuid,
    answered_at timestamptz,
    reopened_count int NOT NULL DEFAULT 0,
    finding_id uuid,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT complaints_pkey PRIMARY KEY (county, id),
    CONSTRAINT complaints_number__plan_stale UNIQUE (county, number),
    CONSTRAINT complaints_area__invalid CHECK (starts_with(area_code, county)),
    CONSTRAINT complaints_channel__invalid CHECK (channel IN ('phone', 'letter', 'web', 'visit', 'passbook', 'referral')),
    CONSTRAINT complaints_category__invalid CHECK (category IN ('not_paid', 'registration', 'funds', 'false_sales', 'goods', 'shop', 'conduct',
        'policy', 'privacy', 'other')),
    CONSTRAINT complaints_level__invalid CHECK (about_level IN ('village', 'township', 'county')),
    CONSTRAINT complaints_subject__invalid CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
    CONSTRAINT complaints_state__wrong_state CHECK (state IN ('received', 'handling', 'answered', 'referred', 'out_of_scope')),
    CONSTRAINT complaints_scope__invalid CHECK (scope IN ('in_scope', 'referred', 'out_of_scope') AND (scope IS NULL) = (sorted_at IS NULL)),
    CONSTRAINT complaints_judgement__invalid CHECK (judgement IN ('substantiated', 'partly', 'not_substantiated')),
    CONSTRAINT complaints_outcome__invalid CHECK (punished_count >= 0 AND recovered_fen >= 0 AND (state <> 'answered' OR (judgement IS NOT NULL
        AND solved IS NOT NULL AND answer IS NOT NULL)))
);
CREATE INDEX complaints_by_time ON complaints (county, received_at, id);
CREATE INDEX complaints_by_deadline ON complaints (county, answer_due_at, id);
CREATE INDEX complaints_by_subject ON complaints (county, subject_id);
CREATE INDEX complaints_by_raiser ON complaints (raised_by) WHERE raised_by IS NOT NULL;
CREATE INDEX complaints_by_handler ON complaints (assigned_to) WHERE assigned_to IS NOT NULL;
CALL describe('complaints', 'What someone says is wrong (投诉举报), by line, letter, web, visit or passbook, also without a name: sorted, handled, answered.', '
county | county code, first key
id | complaint id
number | number to tell the complainant: county, six digits, two that check
code_hash | keyed hash of the code that opens it without an account; null: opened from the passbook only
code_for | number the code was given with: a complaint that came from another county keeps its first code
channel | phone, letter, web, visit, passbook or referral from another county
category | what it is about, in one word of a list
about_level | whose conduct: village, township or county office; null: nobody''s
area_code | place it is about
subject_kind | table of the thing it is about
subject_id | its id
words | what was said
name_masked | complainant''s name, masked; null: anonymous
name_sealed | the name, encrypted
contact_masked | how to reach them, masked
contact_sealed | how to reach them, encrypted
raised_by | account of the household whose passbook it came from
taken_by | who wrote down a call, a letter or a visit; null: written by the complainant
received_at | when it came
state | received, handling, answered, referred or out_of_scope
scope | in_scope, referred elsewhere or out_of_scope; null: not sorted yet
sorted_by | who decided that
sorted_at | when
sort_due_at | until when it must be sorted
assigned_to | who handles it
answer_due_at | until when it must be answered
referred_kind | kind of body it was passed to
referred_to | which one
referred_number | its number there, where that is known
came_from | number it had in the county that passed it on
judgement | substantiated, partly or not_substantiated
solved | whether the wrong was put right
punished_count | persons punished
recovered_fen | money recovered
answer | what the complainant was told
answered_by | who answered
answered_at | when
reopened_count | how often it was opened again
finding_id | finding a substantiated complaint opened
version | ETag
');

-- owner: oversight
CREATE TABLE complaint_steps (
    county text NOT NULL,
    id uuid NOT NULL,
    complaint_id uuid NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    actor_id uuid,
    words text,
    shown boolean NOT NULL,
    CONSTRAINT complaint_steps_pkey PRIMARY KEY (county, id),
    CONSTRAINT complaint_steps_complaint__not_found FOREIGN KEY (county, complaint_id) REFERENCES complaints (county, id),
    CONSTRAINT complaint_steps_kind__invalid CHECK (kind IN ('received', 'added', 'sorted', 'assigned', 'party_named', 'noted', 'referred',
        'answered', 'reopened', 'contact_seen'))
);
CREATE INDEX complaint_steps_by_complaint ON complaint_steps (county, complaint_id, at);
CALL describe('complaint_steps', 'The way of a complaint, step by step. Append-only.', '
county | county code, first key
id | step id
complaint_id | complaint
kind | what was done
at | when
actor_id | who; null: the complainant
words | what was said
shown | whether the complainant sees it
');

-- owner: oversight
CREATE TABLE complaint_parties (
    county text NOT NULL,
    complaint_id uuid NOT NULL,
    account_id uuid NOT NULL,
    named_by uuid,
    named_at timestamptz NOT NULL,
    CONSTRAINT complaint_parties_pkey PRIMARY KEY (county, complaint_id, account_id),
    CONSTRAINT complaint_parties_complaint__not_found FOREIGN KEY (county, complaint_id) REFERENCES complaints (county, id)
);
CALL describe('complaint_parties', 'Accounts a complaint may be about: they neither see nor handle it. Append-only.', '
county | county code, first key
complaint_id | complaint
account_id | account that had a hand in what it is about
named_by | who named it; null: follows from what the complaint is about
named_at | when
');

GRANT SELECT, INSERT ON complaints, complaint_steps, complaint_parties TO shanhuo_app;
GRANT UPDATE (category, about_level, state, scope, sorted_by, sorted_at, assigned_to, answer_due_at, referred_kind, referred_to, referred_number,
    judgement, solved, punished_count, recovered_fen, answer, answered_by, answered_at, reopened_count, finding_id, version) ON complaints TO shanhuo_app;

-- What a complaint can be about, and where that belongs.
CREATE VIEW oversight_subjects AS
    SELECT county, 'shops' AS kind, id, area_code FROM shops
    UNION ALL
    SELECT county, 'stations', id, area_code FROM stations
    UNION ALL
    SELECT county, 'suppliers', id, area_code FROM suppliers
    UNION ALL
    SELECT county, 'households', id, area_code FROM households
    UNION ALL
    SELECT county, 'publicities', id, area_code FROM publicities
    UNION ALL
    SELECT p.county, 'products', p.id, s.area_code FROM products AS p JOIN shops AS s ON s.county = p.county AND s.id = p.shop_id
    UNION ALL
    SELECT l.county, 'lots', l.id, s.area_code FROM lots AS l JOIN shops AS s ON s.county = l.county AND s.id = l.shop_id
    UNION ALL
    SELECT o.county, 'orders', o.id, s.area_code FROM orders AS o JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    UNION ALL
    SELECT d.county, 'dues', d.id, h.area_code FROM dues AS d JOIN households AS h ON h.county = d.county AND h.id = d.payee_id
    WHERE d.payee_kind = 'household'
    UNION ALL
    SELECT b.county, 'payout_batches', b.id, n.area_code FROM payout_batches AS b
    JOIN publicities AS n ON n.county = b.county AND n.id = b.publicity_id;
COMMENT ON VIEW oversight_subjects IS 'What a complaint can be about, and the place that belongs to.';

-- Who had a hand in it: whoever a complaint about it may mean.
CREATE VIEW oversight_concerned AS
    WITH operators AS (
        SELECT organisation_county AS county, organisation_id AS shop_id, account_id FROM accounts_roles_in_force WHERE role = 'operator'
    )
    SELECT county, 'shops' AS kind, shop_id AS id, account_id FROM operators
    UNION ALL
    SELECT p.county, 'products', p.id, o.account_id FROM products AS p JOIN operators AS o ON o.county = p.county AND o.shop_id = p.shop_id
    UNION ALL
    SELECT l.county, 'lots', l.id, o.account_id FROM lots AS l JOIN operators AS o ON o.county = l.county AND o.shop_id = l.shop_id
    UNION ALL
    SELECT county, 'lots', id, taken_in_by FROM lots
    UNION ALL
    SELECT county, 'lots', id, inspected_by FROM lots
    UNION ALL
    SELECT s.county, 'orders', s.id, o.account_id FROM orders AS s JOIN operators AS o ON o.county = s.county AND o.shop_id = s.shop_id
    UNION ALL
    SELECT county, 'households', id, helper_account_id FROM households
    UNION ALL
    SELECT county, 'publicities', id, released_by FROM publicities
    UNION ALL
    SELECT b.county, 'payout_batches', b.id, who.account_id FROM payout_batches AS b
    CROSS JOIN LATERAL (VALUES (b.proposed_by), (b.approved_by), (b.paid_by)) AS who (account_id)
    UNION ALL
    SELECT d.county, 'dues', d.id, b.paid_by FROM dues AS d
    JOIN payout_items AS i ON i.county = d.county AND i.id = d.payout_item_id
    JOIN payout_batches AS b ON b.county = i.county AND b.id = i.batch_id;
COMMENT ON VIEW oversight_concerned IS 'Accounts that had a hand in a thing: a complaint about it may mean them.';

GRANT SELECT ON oversight_subjects, oversight_concerned TO shanhuo_app;

-- The way of a finding: its proof may be sent back.
ALTER TABLE findings
    ADD COLUMN sent_back_because text,
    ADD COLUMN sent_back_count int NOT NULL DEFAULT 0;
COMMENT ON COLUMN findings.sent_back_because IS 'why the last proof did not convince';
COMMENT ON COLUMN findings.sent_back_count IS 'how often a proof was sent back';
GRANT UPDATE (sent_back_because, sent_back_count) ON findings TO shanhuo_app;
