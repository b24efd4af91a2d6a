-- Enters who gives money for a purpose.
INSERT INTO payers (county, id, kind, name, created_by, created_at)
SELECT a.code, :new_id::uuid, :kind, :name, :actor_id::uuid, :now::timestamptz
FROM areas AS a
WHERE a.code = :county::text
  AND a.kind = 'county'
  AND area_within(a.code, :actor_areas::text[])
RETURNING county || '-' || id AS payer_id, kind, name
