-- Households of an area as the register showed them on a day: who belonged to it, where they lived and what they were, as known then.
WITH asked AS MATERIALIZED (
    SELECT :known_on::date AS on_day, least(day_end(:known_on::date), :now::timestamptz) AS known_at
)
SELECT h.county || '-' || h.id AS household_id,
       h.card_number,
       h.head_name_masked,
       a.code AS area_code,
       a.name AS area_name,
       s.status,
       n.display_name AS helper_name,
       (SELECT count(*)
        FROM members AS m
        WHERE m.county = h.county
          AND m.household_id = h.id
          AND m.valid_from <= asked.on_day
          AND (m.valid_to IS NULL OR m.valid_to > asked.on_day OR m.end_known_at > asked.known_at)
          AND (m.known_at IS NULL OR m.known_at <= asked.known_at)) AS members_count,
       (SELECT count(*)
        FROM findings AS f
        WHERE f.county = h.county
          AND f.subject_id = h.id
          AND f.opened_at <= asked.known_at
          AND (f.closed_at IS NULL OR f.closed_at > asked.known_at)) AS findings_open,
       h.version,
       h.id::text AS cursor
FROM asked
JOIN households AS h
  ON h.created_at <= asked.known_at
LEFT JOIN household_places AS p
       ON p.county = h.county
      AND p.household_id = h.id
      AND p.valid @> asked.on_day
      AND p.known @> asked.known_at
JOIN areas AS a
  ON a.code = coalesce(p.area_code, h.area_code)
LEFT JOIN household_statuses AS s
       ON s.county = h.county
      AND s.household_id = h.id
      AND s.valid @> asked.on_day
      AND s.known @> asked.known_at
LEFT JOIN household_helpers AS w
       ON w.county = h.county
      AND w.household_id = h.id
      AND w.valid @> asked.on_day
LEFT JOIN accounts_names AS n
       ON n.id = w.account_id
WHERE h.county = :county::text
  AND area_within(a.code, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(a.code, :area::text))
  AND (:status::text IS NULL OR s.status = :status::text)
  AND (:helper_account_id::uuid IS NULL OR w.account_id = :helper_account_id::uuid)
  AND (:without_helper::boolean IS NULL
       OR (w.account_id IS NULL AND s.status IS NOT NULL AND s.status IN ('registered', 'returned')) = :without_helper::boolean)
  AND (:card_number::text IS NULL OR h.card_number = :card_number::text)
  AND (:phone_tail::text IS NULL OR h.phone_tail = :phone_tail::text)
  AND (:cursor::uuid IS NULL OR h.id > :cursor::uuid)
ORDER BY h.id
LIMIT :limit::bigint
