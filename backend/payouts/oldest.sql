-- Who has waited longest for money that is payable, households and other payees of a county: masked, with the day it became payable.
WITH owed AS MATERIALIZED (
    SELECT d.county, d.payee_kind, d.payee_id, sum(d.amount_fen)::bigint AS amount_fen,
           (min(d.payable_at) FILTER (WHERE d.amount_fen > 0) AT TIME ZONE 'Asia/Shanghai')::date AS since_on
    FROM dues AS d
    WHERE d.county = :county
      AND d.state = 'payable'
      AND area_within(d.county, :actor_areas::text[])
      AND (:payee_kind::text IS NULL OR d.payee_kind = :payee_kind)
    GROUP BY d.county, d.payee_kind, d.payee_id
    HAVING sum(d.amount_fen) > 0
), page AS MATERIALIZED (
    SELECT county, payee_kind, payee_id, amount_fen, since_on
    FROM owed
    WHERE (:cursor::text IS NULL
           OR (since_on, payee_id) > (split_part(:cursor::text, '|', 1)::date, split_part(:cursor::text, '|', 2)::uuid))
    ORDER BY since_on, payee_id
    LIMIT :limit::int
)
SELECT page.payee_kind,
       page.county || '-' || page.payee_id AS payee_id,
       coalesce(h.head_name_masked, s.name, o.name, '平台服务费') AS payee,
       coalesce(h.area_code, s.area_code, o.area_code, page.county) AS area_code,
       page.amount_fen,
       page.since_on,
       :today::date - page.since_on AS days,
       page.payee_kind = 'household' AND h.payee_account_masked IS NULL AS lacks_account,
       page.since_on || '|' || page.payee_id AS cursor
FROM page
LEFT JOIN households AS h
       ON h.county = page.county
      AND h.id = page.payee_id
      AND page.payee_kind = 'household'
LEFT JOIN suppliers AS s
       ON s.county = page.county
      AND s.id = page.payee_id
      AND page.payee_kind = 'supplier'
LEFT JOIN shops AS o
       ON o.county = page.county
      AND o.id = page.payee_id
      AND page.payee_kind IN ('shop', 'freight')
ORDER BY page.since_on, page.payee_id
