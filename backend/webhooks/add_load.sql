-- Whose webhook it would be: the shop of an operator, the unit of an approver, or the county of an officer.
WITH owner AS MATERIALIZED (
    SELECT 'shop' AS owner_kind, s.county, s.id AS owner_id
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND s.id = ANY (:actor_organisations::uuid[])
    UNION ALL
    SELECT 'unit', m.county, m.unit_id
    FROM unit_members AS m
    WHERE m.county = :unit_county
      AND m.unit_id = :unit_id::uuid
      AND m.account_id = :actor_id::uuid
      AND m.duty = 'approver'
      AND m.ended_at IS NULL
    UNION ALL
    SELECT 'county', a.code, NULL
    FROM areas AS a
    WHERE a.code = :county
      AND a.kind = 'county'
      AND area_within(a.code, :actor_areas::text[])
)
SELECT owner.owner_kind,
       owner.county,
       owner.owner_id,
       (SELECT count(*)
        FROM webhooks AS w
        WHERE w.county = owner.county
          AND w.owner_kind = owner.owner_kind
          AND w.owner_id IS NOT DISTINCT FROM owner.owner_id
          AND w.ended_at IS NULL) AS webhooks_count
FROM owner
