-- The register's stock and flow of a period, households and persons a row, as known on a day: closing = opening + new + returned − exited
-- + natural + moved + corrected, with the residue said. Opening is what was known when the period began: what was corrected since is
-- told as a correction, so an earlier report still stands beside a later one. Stock and flow are counted apart; that they meet is the proof.
WITH asked AS MATERIALIZED (
    SELECT :area::text AS area, :from::date AS from_on, :to::date AS to_on, least(day_end(:known_on::date), :now::timestamptz) AS known_at
    WHERE area_within(:area, :actor_areas::text[])
), county AS MATERIALIZED (
    SELECT c.code AS county, asked.area, asked.from_on, asked.to_on, asked.known_at
    FROM asked
    JOIN areas AS c
      ON c.kind = 'county'
     AND starts_with(c.code, left(asked.area, 6))
), moment AS MATERIALIZED (
    SELECT county.county, county.area, m.name, m.on_day, m.known_at
    FROM county
    CROSS JOIN LATERAL (VALUES ('opening', county.from_on, least(day_end(county.from_on), county.known_at)),
                               ('restated', county.from_on, county.known_at),
                               ('closing', county.to_on, county.known_at)) AS m (name, on_day, known_at)
), stock AS MATERIALIZED (
    SELECT m.name, count(*) AS households, coalesce(sum(people.count), 0) AS persons
    FROM moment AS m
    JOIN household_statuses AS s
      ON s.county = m.county
     AND s.valid @> m.on_day
     AND s.known @> m.known_at
     AND s.status IN ('registered', 'returned')
    JOIN households AS h
      ON h.county = s.county
     AND h.id = s.household_id
    LEFT JOIN household_places AS p
           ON p.county = s.county
          AND p.household_id = s.household_id
          AND p.valid @> m.on_day
          AND p.known @> m.known_at
    CROSS JOIN LATERAL (SELECT count(*)
                        FROM members AS x
                        WHERE x.county = s.county
                          AND x.household_id = s.household_id
                          AND x.valid_from <= m.on_day
                          AND (x.valid_to IS NULL OR x.valid_to > m.on_day OR x.end_known_at > m.known_at)
                          AND (x.known_at IS NULL OR x.known_at <= m.known_at)) AS people
    WHERE starts_with(coalesce(p.area_code, h.area_code), m.area)
    GROUP BY m.name
), change AS MATERIALIZED (
    SELECT county.county, county.area, county.known_at, s.household_id, s.on_day, s.status, s.before, s.origin,
           s.status IN ('registered', 'returned') AS comes
    FROM county
    CROSS JOIN LATERAL (SELECT k.household_id, lower(k.valid) AS on_day, k.status, k.origin,
                               lag(k.status) OVER (PARTITION BY k.household_id ORDER BY lower(k.valid)) AS before
                        FROM household_statuses AS k
                        WHERE k.county = county.county
                          AND k.known @> county.known_at) AS s
    WHERE s.on_day > county.from_on
      AND s.on_day <= county.to_on
      AND (s.status IN ('registered', 'returned')) <> coalesce(s.before IN ('registered', 'returned'), false)
), flow AS (
    SELECT CASE
               WHEN c.origin = 'correction' OR (NOT c.comes AND c.status <> 'exited_supported') THEN 'corrected'
               WHEN NOT c.comes THEN 'exited'
               WHEN c.before = 'exited_supported' THEN 'returned'
               ELSE 'new'
           END AS kind, CASE WHEN c.comes THEN 1 ELSE -1 END AS sign, 1 AS households, people.count AS persons
    FROM change AS c
    JOIN households AS h
      ON h.county = c.county
     AND h.id = c.household_id
    CROSS JOIN LATERAL (SELECT CASE WHEN c.comes THEN c.on_day ELSE c.on_day - 1 END AS on_day) AS seen
    LEFT JOIN household_places AS p
           ON p.county = c.county
          AND p.household_id = c.household_id
          AND p.valid @> seen.on_day
          AND p.known @> c.known_at
    CROSS JOIN LATERAL (SELECT count(*)
                        FROM members AS x
                        WHERE x.county = c.county
                          AND x.household_id = c.household_id
                          AND x.valid_from <= seen.on_day
                          AND (x.valid_to IS NULL OR x.valid_to > seen.on_day OR x.end_known_at > c.known_at)
                          AND (x.known_at IS NULL OR x.known_at <= c.known_at)) AS people
    WHERE starts_with(coalesce(p.area_code, h.area_code), c.area)
    UNION ALL
    -- Births, deaths, marriages: who comes or goes while the household is in the register and in the area, the day before and the day itself.
    SELECT 'natural', e.sign, 0, 1
    FROM county
    JOIN members AS x
      ON x.county = county.county
     AND (x.known_at IS NULL OR x.known_at <= county.known_at)
    CROSS JOIN LATERAL (VALUES (1, x.valid_from),
                               (-1, CASE WHEN x.end_known_at IS NULL OR x.end_known_at <= county.known_at THEN x.valid_to END)) AS e (sign, on_day)
    JOIN households AS h
      ON h.county = x.county
     AND h.id = x.household_id
    WHERE e.on_day > county.from_on
      AND e.on_day <= county.to_on
      AND 2 = (SELECT count(*)
               FROM (VALUES (e.on_day - 1), (e.on_day)) AS d (on_day)
               JOIN household_statuses AS s
                 ON s.county = x.county
                AND s.household_id = x.household_id
                AND s.valid @> d.on_day
                AND s.known @> county.known_at
                AND s.status IN ('registered', 'returned')
               LEFT JOIN household_places AS p
                      ON p.county = x.county
                     AND p.household_id = x.household_id
                     AND p.valid @> d.on_day
                     AND p.known @> county.known_at
               WHERE starts_with(coalesce(p.area_code, h.area_code), county.area))
    UNION ALL
    -- Households of the register that moved into the area or out of it.
    SELECT 'moved', CASE WHEN lives.inside THEN 1 ELSE -1 END, 1, people.count
    FROM county
    JOIN household_places AS p
      ON p.county = county.county
     AND p.known @> county.known_at
     AND upper(p.valid) > county.from_on
     AND upper(p.valid) <= county.to_on
     AND NOT isempty(p.valid)
    JOIN households AS h
      ON h.county = p.county
     AND h.id = p.household_id
    LEFT JOIN household_places AS n
           ON n.county = p.county
          AND n.household_id = p.household_id
          AND n.valid @> upper(p.valid)
          AND n.known @> county.known_at
    CROSS JOIN LATERAL (SELECT starts_with(coalesce(n.area_code, h.area_code), county.area) AS inside,
                               starts_with(p.area_code, county.area) AS was_inside,
                               upper(p.valid) AS on_day) AS lives
    CROSS JOIN LATERAL (SELECT count(*)
                        FROM members AS x
                        WHERE x.county = p.county
                          AND x.household_id = p.household_id
                          AND x.valid_from <= lives.on_day - CASE WHEN lives.inside THEN 0 ELSE 1 END
                          AND (x.valid_to IS NULL OR x.valid_to > lives.on_day - CASE WHEN lives.inside THEN 0 ELSE 1 END
                               OR x.end_known_at > county.known_at)
                          AND (x.known_at IS NULL OR x.known_at <= county.known_at)) AS people
    WHERE lives.inside <> lives.was_inside
      AND 2 = (SELECT count(*)
               FROM (VALUES (lives.on_day - 1), (lives.on_day)) AS d (on_day)
               JOIN household_statuses AS s
                 ON s.county = p.county
                AND s.household_id = p.household_id
                AND s.valid @> d.on_day
                AND s.known @> county.known_at
                AND s.status IN ('registered', 'returned'))
), total AS MATERIALIZED (
    SELECT kind, sum(sign * households) AS households, sum(sign * persons) AS persons
    FROM flow
    GROUP BY kind
), measured AS (
    SELECT of.measure,
           coalesce((SELECT CASE of.measure WHEN 'households' THEN s.households ELSE s.persons END FROM stock AS s WHERE s.name = 'opening'), 0) AS opening,
           coalesce((SELECT CASE of.measure WHEN 'households' THEN s.households ELSE s.persons END FROM stock AS s WHERE s.name = 'restated'), 0) AS restated,
           coalesce((SELECT CASE of.measure WHEN 'households' THEN s.households ELSE s.persons END FROM stock AS s WHERE s.name = 'closing'), 0) AS closing,
           coalesce(sum(t.amount) FILTER (WHERE t.kind = 'new'), 0) AS new,
           coalesce(sum(t.amount) FILTER (WHERE t.kind = 'returned'), 0) AS returned,
           -coalesce(sum(t.amount) FILTER (WHERE t.kind = 'exited'), 0) AS exited,
           coalesce(sum(t.amount) FILTER (WHERE t.kind = 'natural'), 0) AS "natural",
           coalesce(sum(t.amount) FILTER (WHERE t.kind = 'moved'), 0) AS moved,
           coalesce(sum(t.amount) FILTER (WHERE t.kind = 'corrected'), 0) AS corrected_in_period
    FROM (VALUES ('households', 1), ('persons', 2)) AS of (measure, place)
    LEFT JOIN LATERAL (SELECT total.kind, CASE of.measure WHEN 'households' THEN total.households ELSE total.persons END AS amount
                       FROM total) AS t
           ON true
    GROUP BY of.measure, of.place
    ORDER BY of.place
)
SELECT m.measure,
       m.opening::bigint AS opening,
       m.new::bigint AS new,
       m.returned::bigint AS returned,
       m.exited::bigint AS exited,
       m."natural"::bigint AS "natural",
       m.moved::bigint AS moved,
       (m.restated - m.opening + m.corrected_in_period)::bigint AS corrected,
       m.closing::bigint AS closing,
       (m.closing - (m.restated + m.new + m.returned - m.exited + m."natural" + m.moved + m.corrected_in_period))::bigint AS residue,
       asked.area,
       asked.from_on,
       asked.to_on,
       asked.known_at,
       'register 1' AS formula,
       NULL::text AS cursor
FROM asked
CROSS JOIN measured AS m
