-- Takes a campaign back: before its first day, or on the day it was entered. Afterwards its result is part of the record.
WITH found AS MATERIALIZED (
    SELECT c.county, c.id
    FROM campaigns AS c
    WHERE c.county = :campaign_county
      AND c.id = :campaign_id::uuid
      AND area_within(c.county, :actor_areas::text[])
), withdrawn AS (
    DELETE FROM campaigns AS c
    USING found
    WHERE c.county = found.county
      AND c.id = found.id
      AND (c.starts_on > :today::date OR c.made_at > :now::timestamptz - interval '1 day')
    RETURNING c.county, c.id, c.title, c.starts_on
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'campaign_withdrawn', county, 'campaigns', id,
           jsonb_build_object('title', title, 'starts_on', starts_on), :request_id
    FROM withdrawn
)
SELECT CASE WHEN withdrawn.id IS NULL THEN 'wrong-state' END AS problem,
       found.county || '-' || found.id AS campaign_id
FROM found
LEFT JOIN withdrawn
       ON withdrawn.county = found.county
      AND withdrawn.id = found.id
