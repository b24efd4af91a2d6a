-- The county's signed heads as the file it keeps elsewhere; `shanhuo ledger verify --heads` takes it.
SELECT '# ' || a.code || ' ' || a.name || E'\n'
       || E'# Heads of the ledger''s seals, one a day. Keep this file where nobody who runs the server can reach it.\n'
       || E'# 账本封存摘要，一天一行。请保存在系统管理人员接触不到的地方。\n'
       || E'# shanhuo ledger verify --heads FILE\n'
       || coalesce((SELECT string_agg(concat_ws(E'\t', 'head', d.county, d.day, d.seal_number, d.head, d.signature) || E'\n', '' ORDER BY d.day)
                    FROM day_heads AS d
                    WHERE d.county = :county
                      AND d.day BETWEEN coalesce(:from::date, '2000-01-01') AND coalesce(:to::date, '9999-12-31')), '') AS file
FROM (SELECT code, name FROM areas
      UNION ALL
      SELECT '000000', '-') AS a
WHERE a.code = :county
