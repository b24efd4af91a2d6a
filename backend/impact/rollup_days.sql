-- Fills empty paid_days from everything there is: after a bulk load, which queues nothing.
INSERT INTO paid_days (county, area_code, month, days, dues_count)
SELECT county, area_code, month, days, dues_count
FROM impact_paid_days
WHERE NOT EXISTS (SELECT 1 FROM paid_days)
