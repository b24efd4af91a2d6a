-- Monthly county statements: what a county hands in, when it was due, and what its figures mean.

-- owner: reporting
CREATE TABLE statement_figures (
    formula text NOT NULL,
    position smallint NOT NULL,
    name text NOT NULL,
    level text,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    meaning_zh text NOT NULL,
    meaning_en text NOT NULL,
    CONSTRAINT statement_figures_pkey PRIMARY KEY (formula, position),
    CONSTRAINT statement_figures_name__taken UNIQUE (formula, name),
    CONSTRAINT statement_figures_level__invalid CHECK (level IN ('A', 'B', 'C'))
);
CALL describe('statement_figures', 'The figures of a monthly county statement by version of the formula. Reference table; a version never changes, a new one is added.', '
formula | version of the formula
position | place on paper and in the hashed text
name | figure; ends in _fen or _count, its unit
level | evidence level A, B or C; null for counts, which have none
name_zh | what it is called in Chinese
name_en | and in English
meaning_zh | how it is reckoned, in Chinese
meaning_en | and in English
');
INSERT INTO statement_figures (formula, position, name, level, name_zh, name_en, meaning_zh, meaning_en) VALUES
    ('statement 1', 1, 'line_gross_fen', 'A', '销售额', 'Sales', '当月付款的订单明细金额', 'Order lines paid in the month'),
    ('statement 1', 2, 'counted_gross_fen', 'A', '计入帮扶的销售额', 'Tagged sales', '其中按当日状态和协议归属到农户的部分', 'Of them, what belongs to households by status and agreement of the day'),
    ('statement 1', 3, 'refunds_fen', 'A', '退款', 'Refunds', '当月发生的退款，不论销售月份；以负数列出', 'Refunds of the month, whenever the sale was; negative'),
    ('statement 1', 4, 'net_sales_fen', 'A', '净销售额', 'Net sales', '销售额加退款', 'Sales and refunds together'),
    ('statement 1', 5, 'attributed_sales_fen', 'A', '计入帮扶的净销售额', 'Attributed sales', '计入帮扶的销售额减去其退款', 'Tagged sales less their refunds'),
    ('statement 1', 6, 'due_fen', 'B', '应付农户', 'Due to households', '当月销售和退款应付农户的款项', 'What the month''s sales and refunds owe households'),
    ('statement 1', 7, 'paid_fen', 'C', '到账', 'Paid to households', '银行结果日在当月的付款，已扣除退回', 'Payments the bank dated in the month, less those returned'),
    ('statement 1', 8, 'owed_fen', 'B', '月末未付', 'Owed at the month''s end', '月末账簿上尚欠农户的款项', 'What the books owed households when the month ended'),
    ('statement 1', 9, 'owed_households_count', NULL, '月末未付户数', 'Households owed', '月末账簿上尚有欠款的户数', 'Households the books owed then'),
    ('statement 1', 10, 'overdue_fen', 'B', '逾期未付', 'Overdue', '月末已超过付款期限仍未到账的款项', 'Payable longer than the term and not paid when the month ended'),
    ('statement 1', 11, 'overdue_households_count', NULL, '逾期户数', 'Households overdue', '有逾期款项的户数', 'Households of these sums'),
    ('statement 1', 12, 'households_count', NULL, '受益户数', 'Households benefiting', '当月有计入帮扶的销售的农户，每户计一次', 'Households with tagged sales in the month, each once'),
    ('statement 1', 13, 'persons_count', NULL, '受益人口', 'Persons benefiting', '受益户在月中常住的人口', 'Residents of these households in the middle of the month'),
    ('statement 1', 14, 'shops_count', NULL, '有销售的网店', 'Shops with sales', '当月有销售的网店', 'Shops that sold in the month'),
    ('statement 1', 15, 'findings_opened_count', NULL, '新增核查问题', 'Findings opened', '当月登记的核查问题', 'Findings opened in the month'),
    ('statement 1', 16, 'findings_closed_count', NULL, '办结核查问题', 'Findings closed', '当月办结的核查问题', 'Findings closed in the month'),
    ('statement 1', 17, 'findings_open_count', NULL, '月末未结问题', 'Findings open', '月末尚未办结的核查问题', 'Findings not closed when the month ended'),
    ('statement 1', 18, 'findings_late_count', NULL, '月末逾期问题', 'Findings late', '其中已过整改期限的', 'Of them, past their day');

-- owner: reporting
CREATE TABLE statement_duties (
    county text NOT NULL,
    month date NOT NULL,
    due_at timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    missed_at timestamptz,
    escalated_at timestamptz,
    CONSTRAINT statement_duties_pkey PRIMARY KEY (county, month),
    CONSTRAINT statement_duties_month__invalid CHECK (extract(day FROM month) = 1)
);
CALL describe('statement_duties', 'Which county owes a statement of which month, and until when (报送任务): so that a missing one can be named. Made by a job when the month ends.', '
county | county code, first key
month | first day of the month
due_at | handed in later than this is late
opened_at | when the duty was written down
missed_at | when nothing had been handed in at due_at; null: in time, or not yet due
escalated_at | when this miss, the second in a row, became a finding
');

-- owner: reporting
CREATE TABLE county_statements (
    county text NOT NULL,
    id uuid NOT NULL,
    month date NOT NULL,
    edition int NOT NULL,
    state text NOT NULL DEFAULT 'prepared',
    formula text NOT NULL,
    as_of timestamptz NOT NULL,
    reconciled text NOT NULL,
    figures jsonb NOT NULL,
    changes jsonb NOT NULL DEFAULT '[]',
    reason text,
    previous_hash text,
    canonical text NOT NULL,
    hash text NOT NULL,
    prepared_by uuid NOT NULL,
    prepared_at timestamptz NOT NULL,
    submitted_by uuid,
    submitted_at timestamptz,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT county_statements_pkey PRIMARY KEY (county, id),
    CONSTRAINT county_statements_month__invalid CHECK (extract(day FROM month) = 1),
    CONSTRAINT county_statements_edition__invalid CHECK (edition > 0 AND (edition = 1) = (previous_hash IS NULL) AND (edition = 1 OR reason IS NOT NULL)),
    CONSTRAINT county_statements_state__wrong_state CHECK (state IN ('prepared', 'submitted', 'withdrawn')),
    CONSTRAINT county_statements_reconciled__invalid CHECK (reconciled IN ('equal', 'different', 'unknown')),
    CONSTRAINT county_statements_four_eyes__own_entry CHECK (submitted_by IS NULL OR submitted_by <> prepared_by),
    CONSTRAINT county_statements_hash__invalid CHECK (hash = encode(sha256(convert_to(canonical, 'UTF8')), 'hex'))
);
CREATE UNIQUE INDEX county_statements_edition__taken ON county_statements (county, month, edition) WHERE state <> 'withdrawn';
CALL describe('county_statements', 'A month''s figures as a county handed them in (县级月报). Frozen when prepared; a correction is a new edition beside the old one (更正), never a change of it.', '
county | county code, first key
id | statement id
month | first day of the month
edition | 1 the first, then each restatement
state | prepared, submitted or withdrawn before that; submitted is locked
formula | version of the formula
as_of | up to when the books had been read
reconciled | equal, different or unknown: whether the books agreed then
figures | a list of name and value in the order of the formula
changes | of a restatement: name, before, after for each figure that differs from the edition before
reason | why it is restated
previous_hash | hash of the edition before
canonical | the text that is hashed: formula, county, month, edition, figures, and the hash before
hash | SHA-256 of canonical, hex
prepared_by | who froze it
prepared_at | when
submitted_by | who handed it in, someone else
submitted_at | when
withdrawn_by | who took a prepared one back
withdrawn_at | when
version | ETag
');

CREATE VIEW reporting_statements AS
    SELECT d.county, d.month, d.due_at, d.missed_at, d.escalated_at, first.submitted_at AS first_submitted_at, last.id, last.edition,
           last.submitted_at, last.formula, last.as_of, last.reconciled, last.hash, last.figures
    FROM statement_duties AS d
    LEFT JOIN county_statements AS first
           ON first.county = d.county
          AND first.month = d.month
          AND first.state = 'submitted'
          AND first.edition = 1
    LEFT JOIN county_statements AS last
           ON last.county = d.county
          AND last.month = d.month
          AND last.state = 'submitted'
          AND NOT EXISTS (SELECT 1
                          FROM county_statements AS later
                          WHERE later.county = last.county
                            AND later.month = last.month
                            AND later.state = 'submitted'
                            AND later.edition > last.edition);
COMMENT ON VIEW reporting_statements IS 'Each duty with what was handed in for it: when first, and the edition that holds. Nothing handed in: nulls.';

GRANT SELECT ON statement_figures TO shanhuo_app;
GRANT SELECT, INSERT ON statement_duties, county_statements TO shanhuo_app;
GRANT UPDATE (missed_at, escalated_at) ON statement_duties TO shanhuo_app;
GRANT UPDATE (state, submitted_by, submitted_at, withdrawn_by, withdrawn_at, version) ON county_statements TO shanhuo_app;
GRANT SELECT ON reporting_statements TO shanhuo_app;
