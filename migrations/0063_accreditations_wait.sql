-- What waits for a decision gains accreditations.
DO $$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW impact_decisions AS ' || rtrim(pg_get_viewdef('impact_decisions'::regclass), E'; \n') ||
        $decision$
    UNION ALL
    SELECT a.county, s.area_code, 'accreditation', a.id, p.name, a.proposed_at, NULL, a.proposed_by
    FROM accreditations AS a
    JOIN products AS p ON p.county = a.county AND p.id = a.product_id
    JOIN shops AS s ON s.county = p.county AND s.id = p.shop_id
    WHERE a.state = 'proposed'$decision$;
END
$$;
