-- Facts for an inspection: the lot, and whether the inspector took it in himself.
SELECT l.inspection,
       l.product_id,
       l.grade,
       l.place_id,
       l.on_hand_qty,
       l.version,
       l.expired,
       l.taken_in_by IS NOT DISTINCT FROM :actor_id::uuid AS own_entry
FROM lots AS l
WHERE l.county = :lot_county
  AND l.id = :lot_id::uuid
  AND area_within(l.county, :actor_areas::text[])
