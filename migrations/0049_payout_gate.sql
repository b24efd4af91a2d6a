-- No notice, no payout, whoever writes: a batch that is approved or paid, and each payment in it, stands behind a notice that was passed.

ALTER TABLE payout_batches
    ADD COLUMN passed boolean NOT NULL GENERATED ALWAYS AS (state IN ('approved', 'paid')) STORED,
    ADD COLUMN passed_publicity_id uuid GENERATED ALWAYS AS (CASE WHEN state IN ('approved', 'paid') THEN publicity_id END) STORED;
COMMENT ON COLUMN payout_batches.passed IS 'whether it went through its notice';
COMMENT ON COLUMN payout_batches.passed_publicity_id IS 'the notice it went through; null: not yet';

INSERT INTO publicity_passes (county, publicity_id, subject_id, ends_at, passed_at)
SELECT p.county, p.id, p.subject_id, p.ends_at, b.approved_at
FROM payout_batches AS b
JOIN publicities AS p
  ON p.county = b.county
 AND p.id = b.publicity_id
 AND p.subject_id = b.id
WHERE b.passed
  AND b.approved_at >= p.ends_at
  AND NOT p.gate_shut
ON CONFLICT DO NOTHING;

-- What was approved before this rule, and could not pass it, stands as it is: the rule is for whatever is written from now on.
ALTER TABLE payout_batches
    ADD CONSTRAINT payout_batches_passed__conflict UNIQUE (county, id, passed),
    ADD CONSTRAINT payout_batches_pass__notice_open FOREIGN KEY (county, passed_publicity_id, id)
        REFERENCES publicity_passes (county, publicity_id, subject_id) NOT VALID;

ALTER TABLE payout_items
    ADD COLUMN batch_passed boolean GENERATED ALWAYS AS (CASE WHEN state IN ('approved', 'paid', 'returned') THEN true END) STORED,
    ADD CONSTRAINT payout_items_pass__notice_open FOREIGN KEY (county, batch_id, batch_passed)
        REFERENCES payout_batches (county, id, passed) NOT VALID;
COMMENT ON COLUMN payout_items.batch_passed IS 'true once it may be paid: its batch must have passed its notice';
