-- An operator or county officer enters a signed link agreement; it counts once the county has approved it.
WITH household AS (
    SELECT h.county, h.id
    FROM households AS h
    WHERE h.county = :household_county
      AND h.id = :household_id::uuid
), counterparty AS (
    SELECT s.county, s.id
    FROM shops AS s
    WHERE :counterparty_kind::text = 'shop'
      AND s.county = :counterparty_county
      AND s.id = :counterparty_id::uuid
      AND (s.id = ANY (:actor_organisations::uuid[]) OR area_within(s.county, :actor_areas::text[]))
    UNION ALL
    SELECT s.county, s.id
    FROM suppliers AS s
    WHERE :counterparty_kind::text = 'supplier'
      AND s.county = :counterparty_county
      AND s.id = :counterparty_id::uuid
      AND s.kind <> 'household'
      AND (s.id = ANY (:actor_organisations::uuid[]) OR area_within(s.county, :actor_areas::text[]))
)
INSERT INTO link_agreements (county, id, household_id, counterparty_kind, counterparty_id, mode, price_rule, floor_price_fen, price_qty,
                             share_ppm, rate_fen, rate_unit, units_hundredths, category_code, signed_at, valid_from, valid_to, proposed_by)
SELECT household.county,
       :new_id::uuid,
       household.id,
       :counterparty_kind::text,
       counterparty.id,
       :mode::text,
       :price_rule::text,
       coalesce(:floor_price_fen::bigint, 0),
       coalesce(:price_qty::bigint, 500),
       coalesce(:share_ppm::int, 0),
       :rate_fen::bigint,
       :rate_unit::text,
       :units_hundredths::bigint,
       :category_code::text,
       least(:signed_at::timestamptz, :now::timestamptz),
       :valid_from::date,
       :valid_to::date,
       :actor_id::uuid
FROM household
JOIN counterparty
  ON counterparty.county = household.county
RETURNING county || '-' || id AS agreement_id, state, version
