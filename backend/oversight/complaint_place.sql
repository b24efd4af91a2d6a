-- Where a complaint belongs: the place that was named, and the thing it is about with its own place, as far as they are there.
WITH asked AS (
    SELECT COALESCE(t.county, :subject_county::text) AS county,
           CASE WHEN t.code IS NULL THEN :subject_kind::text ELSE 'lots' END AS kind,
           COALESCE(t.lot_id, :subject_id::uuid) AS id
    FROM (VALUES (1)) AS one (row)
    LEFT JOIN trace_codes AS t
           ON t.code = upper(:trace_code::text)
)
SELECT a.code AS area_code,
       s.kind AS subject_kind,
       s.id AS subject_id,
       s.area_code AS subject_area
FROM asked
LEFT JOIN areas AS a
       ON a.code = :area_code::text
      AND length(a.code) >= 6
      AND a.valid_to IS NULL
LEFT JOIN LATERAL (
    SELECT found.kind, found.id, found.area_code
    FROM oversight_subjects AS found
    WHERE found.county = asked.county
      AND found.kind = asked.kind
      AND found.id = asked.id
    LIMIT 1
) AS s ON true
