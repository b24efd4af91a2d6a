-- Taking back from future dues what a household was paid for goods that were given back: proposed by one, decided by another.

ALTER TABLE dues
    DROP CONSTRAINT dues_source__invalid,
    ADD CONSTRAINT dues_source__invalid CHECK (source_kind IN ('sale', 'refund', 'bought', 'margin', 'freight', 'fee', 'charge', 'distribution',
        'subsidy', 'claw_back'));

-- owner: orders
CREATE TABLE claw_backs (
    county text NOT NULL,
    id uuid NOT NULL,
    finding_id uuid NOT NULL,
    order_id uuid NOT NULL,
    household_id uuid NOT NULL,
    amount_fen bigint NOT NULL,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    answer text,
    attribution_ids uuid[] NOT NULL DEFAULT '{}',
    CONSTRAINT claw_backs_pkey PRIMARY KEY (county, id),
    CONSTRAINT claw_backs_finding__not_found FOREIGN KEY (county, finding_id) REFERENCES findings (county, id),
    CONSTRAINT claw_backs_order__not_found FOREIGN KEY (county, order_id) REFERENCES orders (county, id),
    CONSTRAINT claw_backs_amount__invalid CHECK (amount_fen > 0),
    CONSTRAINT claw_backs_state__wrong_state CHECK (state IN ('proposed', 'taken', 'refused')),
    CONSTRAINT claw_backs_decided__wrong_state CHECK ((state = 'proposed') = (decided_by IS NULL)),
    CONSTRAINT claw_backs_rows__wrong_state CHECK ((state = 'taken') = (attribution_ids <> '{}')),
    CONSTRAINT claw_backs_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX claw_backs_proposed__taken ON claw_backs (county, order_id, household_id) WHERE state = 'proposed';
CREATE INDEX claw_backs_by_finding ON claw_backs (county, finding_id);
CREATE INDEX claw_backs_by_household ON claw_backs (county, household_id);
CALL describe('claw_backs', 'What a household was paid for goods that came back, taken from what it is owed next (从以后的货款中扣回). Never without a second person.', '
county | county code, first key
id | claw-back id
finding_id | finding that it answers: paid, then refunded
order_id | order whose goods were given back
household_id | who was paid for them
amount_fen | what is taken; the shop was charged for it and gets it
reason | why, as the household reads it
state | proposed, taken or refused
proposed_by | who proposed it
proposed_at | when
decided_by | who decided, someone else
decided_at | when
answer | what was said about the decision
attribution_ids | attributions it made: their dues take it
');
GRANT SELECT, INSERT, UPDATE ON claw_backs TO shanhuo_app;

CREATE VIEW orders_claw_back_reasons AS
    SELECT c.county, c.household_id, a.attribution_id, c.reason
    FROM claw_backs AS c
    CROSS JOIN LATERAL unnest(c.attribution_ids) AS a (attribution_id);
COMMENT ON VIEW orders_claw_back_reasons IS 'Why something was taken from what a household is owed, by the attribution of the due that takes it.';
GRANT SELECT ON orders_claw_back_reasons TO shanhuo_app;

-- What households keep of an order though its goods came back, and what is payable to each now: what may be taken back at most.
CREATE VIEW orders_kept AS
    SELECT kept.county, kept.order_id, kept.household_id, kept.kept_fen, coalesce(owed.payable_fen, 0)::bigint AS payable_fen
    FROM (SELECT l.county, l.order_id, a.household_id, sum(a.charged_fen)::bigint AS kept_fen
          FROM order_lines AS l
          JOIN attributions AS a
            ON a.county = l.county
           AND a.order_line_id = l.id
          WHERE a.household_id IS NOT NULL
          GROUP BY l.county, l.order_id, a.household_id
          HAVING sum(a.charged_fen) > 0) AS kept
    LEFT JOIN LATERAL (SELECT sum(d.amount_fen) AS payable_fen
                       FROM dues AS d
                       WHERE d.county = kept.county
                         AND d.payee_kind = 'household'
                         AND d.payee_id = kept.household_id
                         AND d.state = 'payable') AS owed
           ON true;
COMMENT ON VIEW orders_kept IS 'Dues that households keep of goods given back, and what is payable to them now.';
GRANT SELECT ON orders_kept TO shanhuo_app;
