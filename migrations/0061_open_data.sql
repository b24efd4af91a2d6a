-- What everyone may see of a county: whole months, and only those in which enough households had a part.

CREATE VIEW impact_public_months AS
    SELECT m.county, m.month, (m.month + interval '1 month 9 days')::date AS told_on, m.sale_fen + m.refund_fen AS sales_fen,
           m.counted_fen + m.counted_refund_fen AS counted_fen, m.due_fen, m.paid_fen, h.households_count, p.payees_count,
           h.households_count NOT BETWEEN 1 AND 4 AS is_told, p.payees_count NOT BETWEEN 1 AND 4 AS is_paid_told
    FROM area_months AS m
    CROSS JOIN LATERAL (SELECT count(DISTINCT s.household_id) AS households_count
                        FROM household_months AS s
                        WHERE s.county = m.county
                          AND s.month = m.month) AS h
    CROSS JOIN LATERAL (SELECT count(DISTINCT g.household_id) AS payees_count
                        FROM paid_household_months AS g
                        WHERE g.county = m.county
                          AND g.month = m.month
                          AND g.income_kind = 'sale_of_produce'
                          AND g.dues_count > 0) AS p
    WHERE m.level = 6
      AND m.dimension = 'total'
      AND m.area_code = m.county;
COMMENT ON VIEW impact_public_months IS 'Months of a county as everyone may see them from told_on: a month with one to four households enters no public figure, of money or of people.';
GRANT SELECT ON impact_public_months TO shanhuo_app;
