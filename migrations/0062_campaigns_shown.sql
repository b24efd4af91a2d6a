-- Campaigns for the first page.
CREATE VIEW demand_campaigns AS
    SELECT c.county, c.id, c.template, c.title, c.starts_on, c.ends_on
    FROM campaigns AS c;
COMMENT ON VIEW demand_campaigns IS 'Campaigns as everyone may know them.';
GRANT SELECT ON demand_campaigns TO shanhuo_app;
