-- No notice, no payment, also due by due: what counts as paid is settled by an item whose batch passed its public notice, whoever writes.

ALTER TABLE payout_items
    ADD CONSTRAINT payout_items_passed__conflict UNIQUE (county, id, batch_passed);

-- What was settled before this rule stands as it is: the rule is for whatever is written from now on.
ALTER TABLE dues
    ADD COLUMN item_passed boolean GENERATED ALWAYS AS (CASE WHEN state IN ('paid', 'confirmed', 'disputed') THEN true END) STORED,
    ADD CONSTRAINT dues_item__notice_open CHECK (state NOT IN ('paid', 'confirmed', 'disputed') OR payout_item_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT dues_pass__notice_open FOREIGN KEY (county, payout_item_id, item_passed)
        REFERENCES payout_items (county, id, batch_passed) NOT VALID;
COMMENT ON COLUMN dues.item_passed IS 'true once it counts as paid: the item that settled it must have passed its notice';
