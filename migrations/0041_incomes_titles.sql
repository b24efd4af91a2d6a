-- Incomes: what a due besides sales is called, and how an organisation finds its agreements.
CREATE VIEW incomes_titles AS
    SELECT county, id, title
    FROM distributions;
COMMENT ON VIEW incomes_titles IS 'What a distribution is called, for those who are owed by it.';
GRANT SELECT ON incomes_titles TO shanhuo_app;

-- An organisation's agreements of every state: those that ended in a period count for the days before.
CREATE INDEX link_agreements_by_organisation ON link_agreements (county, counterparty_id, mode);
