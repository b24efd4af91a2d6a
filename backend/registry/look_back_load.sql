-- Facts for deciding on a looking-back.
SELECT b.state,
       b.proposed_by
FROM look_backs AS b
WHERE b.county = :look_back_county
  AND b.id = :look_back_id::uuid
  AND area_within(b.county, :actor_areas::text[])
