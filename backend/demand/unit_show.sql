-- One unit with its people and budgets, for its members and its county.
WITH unit AS MATERIALIZED (
    SELECT u.county, u.id, u.kind, u.name, u.area_code, u.credit_code, u.invoice_title, u.version, m.duty
    FROM units AS u
    LEFT JOIN unit_members AS m
           ON m.county = u.county
          AND m.unit_id = u.id
          AND m.account_id = :actor_id::uuid
          AND m.ended_at IS NULL
    WHERE u.county = :unit_county
      AND u.id = :unit_id::uuid
      AND (m.account_id IS NOT NULL OR area_within(u.county, :actor_areas::text[]))
), people AS (
    SELECT json_agg(json_build_object('account_id', m.account_id, 'login', c.login, 'display_name', c.display_name, 'duty', m.duty)
                    ORDER BY m.duty, c.login) AS members
    FROM unit
    JOIN unit_members AS m
      ON m.county = unit.county
     AND m.unit_id = unit.id
    JOIN accounts AS c
      ON c.id = m.account_id
    WHERE m.ended_at IS NULL
), budget AS MATERIALIZED (
    SELECT b.county, b.unit_id, b.year, b.amount_fen, b.version
    FROM unit
    JOIN unit_budgets AS b
      ON b.county = unit.county
     AND b.unit_id = unit.id
), used AS MATERIALIZED (
    SELECT year, amount_fen, version, demand_budget_used(county, unit_id, year) AS used_fen
    FROM budget
), budgets AS (
    SELECT json_agg(json_build_object('year', year, 'amount_fen', amount_fen, 'used_fen', used_fen, 'left_fen', amount_fen - used_fen,
                                      'version', version) ORDER BY year DESC) AS budgets
    FROM used
)
SELECT unit.county || '-' || unit.id AS unit_id,
       unit.name,
       unit.kind,
       unit.area_code,
       (SELECT a.name FROM areas AS a WHERE a.code = unit.area_code) AS area_name,
       unit.credit_code,
       unit.invoice_title,
       unit.duty,
       coalesce(people.members, '[]') AS members,
       coalesce(budgets.budgets, '[]') AS budgets,
       unit.version
FROM unit
CROSS JOIN people
CROSS JOIN budgets
