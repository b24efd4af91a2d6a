-- Link agreements of a county, for its officers and for the operators concerned.
SELECT l.county || '-' || l.id AS agreement_id,
       l.county || '-' || l.household_id AS household_id,
       h.head_name_masked,
       l.counterparty_kind,
       l.county || '-' || l.counterparty_id AS counterparty_id,
       coalesce(s.name, o.name) AS counterparty_name,
       l.mode,
       l.price_rule,
       l.floor_price_fen,
       l.price_qty,
       l.share_ppm,
       l.rate_fen,
       l.rate_unit,
       l.units_hundredths,
       l.category_code,
       l.signed_at,
       l.valid_from,
       l.valid_to,
       l.state,
       l.version,
       l.id::text AS cursor
FROM link_agreements AS l
JOIN households AS h
  ON h.county = l.county
 AND h.id = l.household_id
LEFT JOIN suppliers AS s
       ON s.county = l.county
      AND s.id = l.counterparty_id
LEFT JOIN shops AS o
       ON o.county = l.county
      AND o.id = l.counterparty_id
WHERE l.county = :county::text
  AND (area_within(l.county, :actor_areas::text[]) OR l.counterparty_id = ANY (:actor_organisations::uuid[]))
  AND (:state::text IS NULL OR l.state = :state::text)
  AND (:mode::text IS NULL OR l.mode = :mode::text)
  AND (:counterparty_id::uuid IS NULL OR l.counterparty_id = :counterparty_id::uuid)
  AND (:household_id::uuid IS NULL OR l.household_id = :household_id::uuid)
  AND (:cursor::uuid IS NULL OR l.id > :cursor::uuid)
ORDER BY l.id
LIMIT :limit::bigint
