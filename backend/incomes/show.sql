-- One distribution: the rule as it was applied, what each step came to, who did what when.
SELECT d.county || '-' || d.id AS distribution_id,
       d.county || '-' || d.supplier_id AS supplier_id,
       s.name AS supplier_name,
       s.kind AS supplier_kind,
       d.rule_version,
       r.words AS rule_words,
       d.purpose,
       d.income_kind,
       d.title,
       d.from_on,
       d.to_on,
       d.source,
       p.name AS payer_name,
       d.pool_fen,
       d.income_fen,
       d.organisation_fen,
       d.villages_fen,
       d.households_fen,
       d.households_count,
       d.steps,
       d.explanation,
       d.state,
       proposer.display_name AS proposed_by_name,
       d.proposed_by = :actor_id::uuid AS is_own_entry,
       d.proposed_at,
       decider.display_name AS decided_by_name,
       d.decided_at,
       d.reason,
       d.funded_at,
       d.evidence,
       d.version
FROM distributions AS d
JOIN suppliers AS s
  ON s.county = d.county
 AND s.id = d.supplier_id
JOIN distribution_rules AS r
  ON r.county = d.county
 AND r.supplier_id = d.supplier_id
 AND r.version = d.rule_version
LEFT JOIN payers AS p
       ON p.county = d.county
      AND p.id = d.payer_id
LEFT JOIN accounts_names AS proposer
       ON proposer.id = d.proposed_by
LEFT JOIN accounts_names AS decider
       ON decider.id = d.decided_by
WHERE d.county = :distribution_county
  AND d.id = :distribution_id::uuid
  AND (area_within(d.county, :actor_areas::text[]) OR d.supplier_id = ANY (:actor_organisations::uuid[]))
