-- Names someone a complaint is about: from now on they neither see nor handle it.
WITH found AS MATERIALIZED (
    SELECT c.county, c.id, c.state, c.assigned_to
    FROM complaints AS c
    WHERE c.county = :complaint_county
      AND c.id = :complaint_id::uuid
      AND area_within(c.county, :actor_areas::text[])
      AND NOT EXISTS (SELECT
                      FROM complaint_parties AS p
                      WHERE p.county = c.county
                        AND p.complaint_id = c.id
                        AND p.account_id = :actor_id::uuid)
    FOR UPDATE
), known AS (
    SELECT id AS account_id
    FROM accounts_names
    WHERE id = :account_id::uuid
), named AS (
    INSERT INTO complaint_parties (county, complaint_id, account_id, named_by, named_at)
    SELECT found.county, found.id, known.account_id, :actor_id::uuid, :now::timestamptz
    FROM found
    CROSS JOIN known
    ON CONFLICT ON CONSTRAINT complaint_parties_pkey DO NOTHING
    RETURNING county, complaint_id
), changed AS (
    UPDATE complaints AS c
    SET assigned_to = CASE WHEN c.assigned_to = :account_id::uuid THEN NULL ELSE c.assigned_to END,
        version = c.version + 1
    FROM named
    WHERE c.county = named.county
      AND c.id = named.complaint_id
    RETURNING c.county, c.id, c.state, c.version
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    SELECT county, gen_random_uuid(), id, 'party_named', :now::timestamptz, :actor_id::uuid, NULL, false
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'complaint_party_named', county, 'complaints', id, NULL,
           jsonb_build_object('account_id', :account_id::text), :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN NOT EXISTS (SELECT FROM known) THEN 'invalid'
           ELSE 'taken'
       END AS problem,
       CASE WHEN NOT EXISTS (SELECT FROM known) THEN '/account_id' END AS problem_pointer,
       found.county || '-' || found.id AS complaint_id,
       changed.state,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
