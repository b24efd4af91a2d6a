-- Payments are summed by the village a household lives in: months of those that moved since are summed anew.
INSERT INTO paid_waiting (county, id, month)
SELECT p.county, gen_random_uuid(), p.month
FROM (SELECT DISTINCT m.county, m.month
      FROM paid_household_months AS m
      JOIN households AS h
        ON h.county = m.county
       AND h.id = m.household_id
       AND h.area_code <> m.area_code) AS p
