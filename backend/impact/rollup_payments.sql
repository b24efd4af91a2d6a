-- Fills empty paid_household_months from everything there is: after a bulk load, which queues nothing.
INSERT INTO paid_household_months (county, month, household_id, income_kind, area_code, paid_fen, dues_count)
SELECT county, month, household_id, income_kind, area_code, paid_fen, dues_count
FROM impact_paid_household_months
WHERE NOT EXISTS (SELECT 1 FROM paid_household_months)
