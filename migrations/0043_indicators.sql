-- Indicators: what each is called, how it is reckoned, what it needs; and figures from outside that the product does not hold.

-- owner: indicators
CREATE TABLE indicators (
    position smallint NOT NULL,
    indicator text NOT NULL,
    part text NOT NULL,
    family text NOT NULL,
    kind text NOT NULL,
    unit text NOT NULL,
    level text,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    meaning_zh text NOT NULL,
    meaning_en text NOT NULL,
    formula text NOT NULL DEFAULT 'indicators 1',
    CONSTRAINT indicators_pkey PRIMARY KEY (indicator, part, formula),
    CONSTRAINT indicators_position__taken UNIQUE (position, formula),
    CONSTRAINT indicators_kind__invalid CHECK (kind IN ('measured', 'outside', 'input', 'later')),
    CONSTRAINT indicators_unit__invalid CHECK (unit IN ('fen', 'count', 'ppm', 'days')),
    CONSTRAINT indicators_level__invalid CHECK (level IN ('A', 'B', 'C', 'D', 'E')),
    CONSTRAINT indicators_origin__invalid CHECK (kind = 'measured' OR level IS NULL)
);
CALL describe('indicators', 'Every indicator (指标) by its id, K01 … K50 and I1 … I23, and its parts. Reference table; a version never changes, a new one is added.', '
position | place in lists
indicator | id in the catalogue of the source documents (K) or of the impact formulas (I)
part | which figure of it; empty: the indicator itself
family | what it is about
kind | measured from the books, outside: taken from others, input: what a measured one is divided by, later: its subject is not there yet
unit | fen, count, ppm (parts of a million) or days
level | evidence level A sales, B due, C paid, D net, E gain; null: a count of things, or from outside
name_zh | what it is called in Chinese
name_en | and in English
meaning_zh | how it is reckoned, in Chinese
meaning_en | and in English
formula | version of the definition
');

-- owner: indicators
CREATE TABLE outside_figures (
    area_code text NOT NULL REFERENCES areas (code),
    id uuid NOT NULL,
    indicator text NOT NULL,
    part text NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    value bigint NOT NULL,
    source text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT outside_figures_pkey PRIMARY KEY (area_code, id),
    CONSTRAINT outside_figures_period__invalid CHECK (from_on <= to_on)
);
CREATE INDEX outside_figures_of ON outside_figures (area_code, indicator, part, to_on, recorded_at DESC);
CALL describe('outside_figures', 'A figure of an indicator that others reckoned (外部数据), with its source. The last one recorded for a period holds; none is changed or deleted.', '
area_code | area it is about
id | figure id
indicator | which indicator
part | which part of it
from_on | first day it covers
to_on | last day it covers
value | in the unit of the indicator
source | who published it, where and when
recorded_by | who wrote it down
recorded_at | when
');
GRANT SELECT ON indicators TO shanhuo_app;
GRANT SELECT, INSERT ON outside_figures TO shanhuo_app;

INSERT INTO indicators (position, indicator, part, family, kind, unit, level, name_zh, name_en, meaning_zh, meaning_en) VALUES
    (1, 'K01', '', 'shops', 'measured', 'count', NULL, '在营站点', 'Stations open', '期末在营的服务站点数', 'Stations open on the last day'),
    (2, 'K02', '', 'shops', 'measured', 'ppm', NULL, '贫困村站点覆盖率', 'Station coverage of poor villages', '期末有在营站点的贫困村 ÷ 贫困村', 'Poor villages with an open station ÷ poor villages, on the last day'),
    (3, 'K03', 'open', 'shops', 'measured', 'count', NULL, '开业网店', 'Shops open', '期末开业的网店数', 'Shops open on the last day'),
    (4, 'K03', 'active', 'shops', 'measured', 'count', NULL, '有帮扶销售的网店', 'Shops active', '期内至少有一笔计入帮扶销售的网店数', 'Shops with at least one tagged sale in the period'),
    (5, 'K04', '', 'shops', 'measured', 'count', NULL, '从业人员', 'Practitioners', '期末在网店和站点有操作权限的人数，每人计一次', 'Persons who work for shops and stations on the last day, each once'),
    (6, 'K05', '', 'sales', 'measured', 'fen', 'A', '电商销售额', 'E-commerce sales', '期内付款的订单明细金额，退款另列', 'Order lines paid in the period; refunds apart'),
    (7, 'K06', 'base', 'sales', 'input', 'fen', NULL, '基年销售额', 'Sales of the base year', '计算销售指数用的基年全年销售额', 'Sales of the whole base year, for the index'),
    (8, 'K06', '', 'sales', 'measured', 'ppm', 'A', '销售指数', 'Sales index', '期内销售额 ÷ 基年销售额', 'Sales ÷ sales of the base year'),
    (9, 'K07', 'base', 'sales', 'input', 'fen', NULL, '全省电商销售额', 'Sales of the province', '同期全省电商销售额', 'E-commerce sales of the province in the same period'),
    (10, 'K07', '', 'sales', 'measured', 'ppm', 'A', '占全省电商销售比重', 'Share of provincial sales', '本地销售额 ÷ 全省电商销售额', 'Sales ÷ sales of the province'),
    (11, 'K08', '', 'shops', 'outside', 'ppm', NULL, '示范县中贫困县占比', 'Poor counties among demonstration counties', '示范县中的贫困县 ÷ 示范县', 'Poor demonstration counties ÷ demonstration counties'),
    (12, 'K09', '', 'shops', 'outside', 'count', NULL, '县级服务中心', 'County centres', '五项服务齐全的县级服务中心数', 'Counties with a centre that offers all five services'),
    (13, 'K10', '', 'shops', 'outside', 'count', NULL, '平台特产馆', 'Platform shops', '电商平台上的地方特产馆数', 'Shops for local products on other platforms'),
    (14, 'K11', 'times', 'shops', 'outside', 'count', NULL, '培训人次', 'Training attendances', '期内电商培训人次', 'Attendances at trainings'),
    (15, 'K11', 'persons', 'shops', 'outside', 'count', NULL, '培训人数', 'Persons trained', '期内接受培训的人数，每人计一次', 'Persons trained, each once'),
    (16, 'K12', '', 'households', 'measured', 'count', 'C', '电商就业人数', 'Jobs from e-commerce', '期内至少三个月收到工资的农户数（系统只记到户）', 'Households paid wages in at least three months; the books know households, not persons'),
    (17, 'K13', '', 'sales', 'measured', 'fen', 'A', '计入帮扶的销售额', 'Tagged sales', '按销售当日状态归属到建档户的销售额', 'Sales that belong to registered households by the status of the day'),
    (18, 'K14', '', 'sales', 'measured', 'ppm', 'A', '帮扶销售占比', 'Tagged share', 'K13 ÷ K05', 'K13 ÷ K05'),
    (19, 'K15', '', 'households', 'measured', 'count', 'C', '有货款到账的农户', 'Households paid for goods', '期内至少有一笔货款到账的农户数', 'Households with at least one payment for goods in the period'),
    (20, 'K15', 'share', 'households', 'measured', 'ppm', 'C', '占建档户比重', 'Share of registered households', '期末建档户中有货款到账的 ÷ 期末建档户', 'Registered households paid in the period ÷ registered households, on the last day'),
    (21, 'K16', '', 'households', 'measured', 'count', 'C', '受益人口', 'Persons benefiting', '有款项到账的农户期末人口', 'Members of the households paid, on the last day'),
    (22, 'K17', '', 'income', 'measured', 'fen', 'C', '农户到账合计', 'Paid to households', '期内各类款项到账，已扣除银行退回', 'All payments to households, less those returned'),
    (23, 'K17', 'goods', 'income', 'measured', 'fen', 'C', '其中：货款', 'Of it: goods', '出售农产品的货款', 'Payments for produce'),
    (24, 'K17', 'wage', 'income', 'measured', 'fen', 'C', '其中：工资', 'Of it: wages', '务工工资', 'Wages'),
    (25, 'K17', 'rent', 'income', 'measured', 'fen', 'C', '其中：租金', 'Of it: rent', '土地和资产租金', 'Rent of land and assets'),
    (26, 'K17', 'dividend', 'income', 'measured', 'fen', 'C', '其中：分红', 'Of it: dividends', '合作社、企业和资产收益分红', 'Dividends'),
    (27, 'K17', 'post', 'income', 'measured', 'fen', 'C', '其中：公益岗位补贴', 'Of it: post subsidies', '公益岗位补贴', 'Subsidies of public-interest posts'),
    (28, 'K18', '', 'income', 'measured', 'ppm', 'C', '到户比例', 'Pass-through', '货款到账 ÷ 计入帮扶的净销售额', 'Paid for goods ÷ tagged sales, net'),
    (29, 'K19', 'household', 'income', 'measured', 'fen', 'E', '户均增收', 'Income gain a household', '年内有基期和成本凭证的农户增收合计 ÷ 户数；实测，不含预期', 'Measured gain of households with baseline and costs ÷ these households, of the year'),
    (30, 'K19', '', 'income', 'measured', 'fen', 'E', '人均增收', 'Income gain a head', '同上 ÷ 常住人口', 'The same ÷ residents'),
    (31, 'K20', 'base', 'income', 'input', 'fen', NULL, '全体农户人均增收', 'Gain a head of all households', '本地全体农户的人均增收（统计部门）', 'Gain a head of all households of the area, from statistics'),
    (32, 'K20', '', 'income', 'measured', 'fen', 'E', '增收差', 'Gain gap', 'K19 人均 − 全体农户人均增收', 'K19 a head − gain a head of all households'),
    (33, 'K21', '', 'income', 'outside', 'ppm', NULL, '增速差', 'Growth against average', '贫困地区农民收入增速 − 全省平均增速', 'Growth of income in poor areas − provincial average'),
    (34, 'K22', '', 'income', 'outside', 'fen', NULL, '距贫困线', 'Distance to the line', '人均家庭总收入（住户调查）− 当地当年贫困线；只卖货的收入不能比', 'Total income a head from a survey − the line of region and year; channel income alone must not be compared'),
    (35, 'K23', 'goods', 'income', 'measured', 'ppm', 'C', '收入构成：货款', 'Income mix: goods', '货款 ÷ K17', 'Goods ÷ K17'),
    (36, 'K23', 'wage', 'income', 'measured', 'ppm', 'C', '收入构成：工资', 'Income mix: wages', '工资 ÷ K17', 'Wages ÷ K17'),
    (37, 'K23', 'asset', 'income', 'measured', 'ppm', 'C', '收入构成：租金和分红', 'Income mix: rent and dividends', '租金和分红 ÷ K17', 'Rent and dividends ÷ K17'),
    (38, 'K23', 'other', 'income', 'measured', 'ppm', 'C', '收入构成：补贴及其他', 'Income mix: subsidies and other', '其余 ÷ K17', 'All other ÷ K17'),
    (39, 'K24', '', 'income', 'measured', 'fen', 'C', '户均分红', 'Dividend a household', '分红到账 ÷ 收到分红的农户', 'Dividends paid ÷ households that got one'),
    (40, 'K25', '', 'income', 'outside', 'fen', NULL, '村集体收入', 'Village collective income', '入账的村集体收入', 'Income booked to village collectives'),
    (41, 'K26', '', 'income', 'measured', 'fen', 'C', '公益岗位补贴', 'Post subsidies', '期内到账的公益岗位补贴', 'Post subsidies paid in the period'),
    (42, 'K26', 'households', 'income', 'measured', 'count', 'C', '公益岗位户数', 'Households with a post', '收到公益岗位补贴的农户', 'Households that got one'),
    (43, 'K27', '', 'organisations', 'measured', 'count', NULL, '带动主体', 'Linked organisations', '期末至少有一份生效协议的网店、合作社和企业', 'Shops, cooperatives and enterprises with an agreement in force'),
    (44, 'K27', 'households', 'organisations', 'measured', 'count', NULL, '带动农户', 'Households linked', '期末有生效协议的农户，每户计一次', 'Households with an agreement in force, each once'),
    (45, 'K28', '', 'campaigns', 'later', 'fen', NULL, '活动成效', 'Campaign result', '活动期销售、订单、买家及与日均之比', 'Sales, orders and buyers of a campaign beside the mean day'),
    (46, 'K29', '', 'campaigns', 'later', 'ppm', NULL, '认购兑现率', 'Pledge fulfilment', '认购项下已付款且交付 ÷ 认购', 'Paid and delivered under pledges ÷ pledged'),
    (47, 'K30', '', 'campaigns', 'later', 'ppm', NULL, '结对采购占比', 'Paired purchases', '结对地区和单位采购 ÷ 销售额', 'Purchases by paired regions and units ÷ sales'),
    (48, 'K33', 'households', 'register', 'measured', 'count', NULL, '建档户', 'Registered households', '期末在册农户（含返贫）', 'Households on the register on the last day, returned ones included'),
    (49, 'K33', 'persons', 'register', 'measured', 'count', NULL, '建档人口', 'Registered persons', '期末在册农户的人口', 'Members of these households'),
    (50, 'K33', 'villages', 'register', 'measured', 'count', NULL, '贫困村', 'Poor villages', '期末贫困村数', 'Poor villages on the last day'),
    (51, 'K34', '', 'register', 'measured', 'count', NULL, '进出平衡差额', 'Flow balance', '期初 + 新识别 + 返贫 − 脱贫 ± 变动 − 期末，户数，应为 0', 'Opening + new + returned − exited ± changes − closing, in households; must be 0'),
    (52, 'K35', 'exits', 'register', 'measured', 'count', NULL, '脱贫户', 'Households exited', '期内脱贫的农户', 'Households that exited in the period'),
    (53, 'K35', '', 'register', 'measured', 'count', NULL, '净减少户', 'Net reduction', '脱贫 − 返贫 − 新识别', 'Exits − returns − new'),
    (54, 'K36', 'base', 'register', 'input', 'count', NULL, '农村人口', 'Rural persons', '期末农村户籍人口（统计部门）', 'Rural population on the last day, from statistics'),
    (55, 'K36', '', 'register', 'measured', 'ppm', NULL, '贫困发生率', 'Incidence of poverty', '建档人口 ÷ 农村人口；与住户调查口径分列', 'Registered persons ÷ rural persons; apart from survey figures'),
    (56, 'K37', '', 'register', 'measured', 'ppm', NULL, '返贫率', 'Return rate', '期末前三年内脱贫又返贫的农户 ÷ 同期脱贫农户', 'Households returned ÷ households exited, in the three years up to the last day'),
    (57, 'K38', '', 'register', 'outside', 'ppm', NULL, '识别和退出准确率', 'Identification accuracy', '抽查正确的农户 ÷ 抽查农户', 'Sampled households found correct ÷ sampled'),
    (58, 'K39', '', 'register', 'outside', 'ppm', NULL, '群众满意度', 'Satisfaction', '满意 ÷ 受访', 'Satisfied ÷ asked'),
    (59, 'K40', 'added', 'register', 'measured', 'count', NULL, '回头看补录', 'Looking-back: added', '期内回头看补录的农户', 'Households added by looking-backs'),
    (60, 'K40', 'removed', 'register', 'measured', 'count', NULL, '回头看清退', 'Looking-back: removed', '期内回头看清退的农户', 'Households removed by looking-backs'),
    (61, 'K41', '', 'governance', 'measured', 'ppm', NULL, '帮扶责任人覆盖率', 'Helper coverage', '有帮扶责任人的建档户 ÷ 建档户', 'Registered households with a helper ÷ registered households'),
    (62, 'K41', 'load', 'governance', 'measured', 'count', NULL, '每人帮扶户数', 'Households a helper', '有责任人的建档户 ÷ 责任人，四舍五入', 'Households with a helper ÷ helpers, rounded'),
    (63, 'K42', '', 'governance', 'measured', 'ppm', NULL, '驻村工作队覆盖率', 'Team coverage', '有驻村工作队的贫困村 ÷ 贫困村', 'Poor villages with a team ÷ poor villages'),
    (64, 'K43', '', 'governance', 'measured', 'ppm', NULL, '数据问题率', 'Data-quality rate', '有未结数据问题的农户 ÷ 建档户', 'Registered households with an open data finding ÷ registered households'),
    (65, 'K43', 'days', 'governance', 'measured', 'days', NULL, '数据问题整改天数', 'Days to fix', '期内办结的数据问题从登记到办结的中位天数', 'Median days from opening to closing, of those closed in the period'),
    (66, 'K44', '', 'governance', 'outside', 'fen', NULL, '补贴支付', 'Subsidies', '按用途支付的补贴', 'Subsidies paid by purpose'),
    (67, 'K45', '', 'governance', 'outside', 'ppm', NULL, '资金用于建档户的比重', 'Share to the registered poor', '支付和补贴中用于建档户的部分', 'Payouts and subsidies to registered households ÷ all'),
    (68, 'K46', '', 'governance', 'outside', 'ppm', NULL, '各项措施资金占比', 'Use by measure', '各项措施金额 ÷ 合计', 'Amount of a measure ÷ total'),
    (69, 'K47', '', 'governance', 'measured', 'ppm', NULL, '公示覆盖率', 'Publicity coverage', '经公示期满后支付的金额 ÷ 支付金额', 'Amount paid after a completed notice ÷ amount paid'),
    (70, 'K48', '', 'governance', 'measured', 'count', NULL, '投诉举报', 'Complaints received', '期内收到的投诉举报', 'Complaints received in the period'),
    (71, 'K48', 'scope', 'governance', 'measured', 'count', NULL, '其中受理', 'Of them in scope', '属于受理范围的', 'In scope'),
    (72, 'K48', 'solved', 'governance', 'measured', 'ppm', NULL, '解决率', 'Solved', '已解决 ÷ 受理', 'Solved ÷ in scope'),
    (73, 'K48', 'true', 'governance', 'measured', 'ppm', NULL, '属实率', 'Substantiated', '属实和部分属实 ÷ 受理', 'Substantiated, wholly or partly ÷ in scope'),
    (74, 'K48', 'days', 'governance', 'measured', 'days', NULL, '答复天数', 'Days to answer', '从收到到答复的中位天数', 'Median days from receipt to answer'),
    (75, 'K49', '', 'governance', 'measured', 'ppm', NULL, '问题整改率', 'Rectification', '期内登记的核查问题中已办结 ÷ 登记', 'Closed ÷ findings opened in the period'),
    (76, 'K49', 'overdue', 'governance', 'measured', 'count', NULL, '逾期未结问题', 'Findings overdue', '期末已过整改期限未办结的问题', 'Findings past their day and not closed, on the last day'),
    (77, 'K50', '', 'governance', 'measured', 'ppm', NULL, '月报及时率', 'Statement punctuality', '按时报送的月报 ÷ 应报送', 'Statements in time ÷ due'),
    (78, 'I1', '', 'impact', 'measured', 'fen', 'A', '可追溯净销售额', 'Net traceable sales', '销售额减退款，不含运费', 'Sales less refunds, without freight'),
    (79, 'I2', '', 'impact', 'measured', 'fen', 'A', '归属农户的净销售额', 'Attributed sales', 'K13 减去其退款', 'K13 less its refunds'),
    (80, 'I3', '', 'impact', 'measured', 'ppm', 'B', '农户所得比例', 'Household share', '应付农户 ÷ I1', 'Due to households ÷ I1'),
    (81, 'I4', '', 'impact', 'measured', 'fen', 'B', '应付农户', 'Entitlement', '期内销售按冻结的规则应付农户', 'What the sales of the period owe households by the rules frozen on them'),
    (82, 'I5', '', 'impact', 'measured', 'fen', 'C', '已付农户货款', 'Paid for goods', '银行结果为已付且未退回的货款', 'Payments the bank confirmed and did not return'),
    (83, 'I6', '', 'impact', 'measured', 'days', 'C', '付款时滞中位天数', 'Payment lag, median', '期内到账的货款从可支付日到到账日的中位天数', 'Median days from payable to paid, of what was paid in the period'),
    (84, 'I6', 'p90', 'impact', 'measured', 'days', 'C', '付款时滞 90 分位', 'Payment lag, 90th percentile', '同上，90 分位', 'The same, 90th percentile'),
    (85, 'I7', '', 'impact', 'measured', 'fen', 'D', '直接成本', 'Direct cost', '年内有凭证的生产成本，只算已售出的货', 'Evidenced costs of the goods sold, of the year'),
    (86, 'I8', '', 'impact', 'measured', 'fen', 'D', '渠道净收入', 'Net income through the channel', 'I5 − I7，只算有成本凭证的农户', 'I5 − I7, of households with cost evidence only'),
    (87, 'I9', '', 'impact', 'measured', 'fen', 'D', '人均渠道净收入', 'Channel net a head', 'I8 ÷ 这些农户的常住人口', 'I8 ÷ residents of these households'),
    (88, 'I10', '', 'impact', 'measured', 'fen', 'E', '前后对比增收', 'Before–after gain', '净收入 − 基期净收入 × 价格系数，合计', 'Net − baseline × price factor, together'),
    (89, 'I11', '', 'impact', 'outside', 'fen', NULL, '扣除替代后的增收', 'Displacement-adjusted gain', '需本地收购价和本可卖出的数量', 'Needs the trader price and the quantity sold elsewhere'),
    (90, 'I12', '', 'impact', 'outside', 'fen', NULL, '双重差分', 'Difference in differences', '需对照组农户的调查', 'Needs a survey of comparison households'),
    (91, 'I13', '', 'impact', 'outside', 'fen', NULL, '距贫困线（全收入）', 'Distance to line, total income', '需住户调查的家庭总收入', 'Needs total income from a survey'),
    (92, 'I14', '', 'impact', 'measured', 'ppm', 'D', '渠道收入相当于贫困线', 'Channel as share of line', 'I9 ÷ 当年贫困线；只说明相当于线的几成', 'I9 ÷ the line of the year; says what part of it, no more'),
    (93, 'I15', '', 'impact', 'outside', 'fen', NULL, '体面收入缺口', 'Living-income gap', '需本地体面收入标准和家庭总收入', 'Needs a benchmark and total income'),
    (94, 'I16', '', 'impact', 'measured', 'count', 'C', '惠及农户', 'Reach', '期内有款项到账的农户，跨网店去重', 'Households paid in the period, each once over all shops'),
    (95, 'I17', '', 'impact', 'measured', 'fen', 'C', '户到账中位数', 'Depth, median', '惠及农户到账金额的中位数', 'Median paid a household'),
    (96, 'I17', 'low', 'impact', 'measured', 'fen', 'C', '户到账下四分位', 'Depth, lower quartile', '同上，下四分位', 'The same, lower quartile'),
    (97, 'I17', 'high', 'impact', 'measured', 'fen', 'C', '户到账上四分位', 'Depth, upper quartile', '同上，上四分位', 'The same, upper quartile'),
    (98, 'I18', '', 'impact', 'measured', 'count', 'C', '稳定受益户', 'Stability', '期末前四个季度中至少三个季度有到账的农户', 'Households paid in at least three of the four quarters up to the last day'),
    (99, 'I19', '', 'impact', 'measured', 'count', NULL, '受益后返贫户', 'Relapse watch', '曾有帮扶销售、期末状态为返贫的农户', 'Households with tagged sales before, returned to poverty on the last day'),
    (100, 'I20', '', 'campaigns', 'later', 'fen', NULL, '活动增量', 'Campaign increment', '活动期销售 − 预期，及活动后回落', 'Sales in the window − expected, and the after-dip'),
    (101, 'I21', '', 'campaigns', 'later', 'ppm', NULL, '认定产品占比', 'Accredited share', '活动中认定产品销售 ÷ 活动销售', 'Accredited ÷ campaign sales'),
    (102, 'I22', '', 'impact', 'measured', 'ppm', 'A', '最大五户占比', 'Concentration, top five households', '最大五户计入帮扶的销售 ÷ K13', 'Tagged sales of the five largest households ÷ K13'),
    (103, 'I23', '', 'impact', 'measured', 'ppm', NULL, '损耗率', 'Loss rate', '期内入库批次（按克计）损耗 ÷ 入库', 'Lost ÷ taken in, of lots in grams taken in during the period');
