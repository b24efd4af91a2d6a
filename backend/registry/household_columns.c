/* The columns of the household file: their two names, what each takes, and how a typed cell becomes a value. */
#include "registry/household_file.h"

#define LARGE_FEN INT64_C(10000000000) /* a hundred million yuan: above it a household's income is a typing error */

enum cell_kind { CELL_TEXT, CELL_COUNT, CELL_HUNDREDTHS, CELL_DATE, CELL_YES, CELL_CHOICE };

struct choice {
    const char *code;
    const char *words[5]; /* what sheets say, ends with NULL */
};
#define CHOICES_END                                                                                                    \
    {                                                                                                                  \
        .code = NULL                                                                                                   \
    }

static const struct choice relations[] = {
    {"head", {"户主", "本人"}},
    {"spouse", {"配偶", "妻子", "丈夫"}},
    {"child", {"子女", "儿子", "女儿", "之子"}},
    {"child_in_law", {"儿媳", "女婿"}},
    {"parent", {"父母", "父亲", "母亲"}},
    {"grandchild", {"孙子女", "孙子", "孙女", "外孙子女"}},
    {"grandparent", {"祖父母", "祖父", "祖母"}},
    {"sibling", {"兄弟姐妹", "兄弟", "姐妹"}},
    {"other", {"其他", "其它", "非亲属"}},
    CHOICES_END,
};
static const struct choice sexes[] = {{"m", {"男", "男性"}}, {"f", {"女", "女性"}}, CHOICES_END};
static const struct choice work_abilities[] = {
    {"able", {"普通劳动力", "有劳动能力"}},
    {"skilled", {"技能劳动力"}},
    {"weak", {"弱劳动力或半劳动力", "弱劳动力", "半劳动力"}},
    {"lost", {"丧失劳动力"}},
    {"none", {"无劳动力", "无劳动能力"}},
    CHOICES_END,
};
static const struct choice causes[] = {
    {"illness", {"因病"}},
    {"disability", {"因残"}},
    {"schooling", {"因学"}},
    {"disaster", {"因灾"}},
    {"land", {"缺土地"}},
    {"water", {"缺水"}},
    {"technology", {"缺技术"}},
    {"labour", {"缺劳力", "缺劳动力"}},
    {"funds", {"缺资金"}},
    {"transport", {"交通条件落后"}},
    {"motivation", {"自身发展动力不足"}},
    {"other", {"其他", "其它"}},
    CHOICES_END,
};
static const struct choice degrees[] = {
    {"general", {"一般贫困户", "一般"}},
    {"allowance", {"低保贫困户", "低保户"}},
    {"destitute", {"特困供养户", "五保户"}},
    CHOICES_END,
};
static const struct choice statuses[] = {
    {"registered", {"在册", "未脱贫", "贫困户"}},
    {"exited_supported", {"脱贫享受政策", "脱贫", "已脱贫"}},
    {"returned", {"返贫"}},
    {"removed", {"剔除", "清退", "已清退"}},
    {"never_registered", {"未建档", "非贫困户"}},
    CHOICES_END,
};
static const struct choice concepts[] = {{"net", {"纯收入"}}, {"disposable", {"可支配收入"}}, CHOICES_END};
static const struct choice methods[] = {
    {"registry", {"建档立卡", "系统"}}, {"survey", {"调查", "入户调查"}}, CHOICES_END};

/* Numbers: least and most; text: most characters. */
static const struct household_column_row {
    struct csv_column column;
    enum cell_kind kind;
    bool of_household;
    int64_t min, max;
    const struct choice *choices;
} rows[HOUSEHOLD_COLUMNS_COUNT] = {
    [COLUMN_CARD_NUMBER] = {{"card_number", "户编号", true}, CELL_TEXT, true, .max = 40},
    [COLUMN_VILLAGE_CODE] = {{"village_code", "村代码", true}, CELL_TEXT, true, .max = 15},
    [COLUMN_NAME] = {{"name", "姓名", true}, CELL_TEXT, .max = 60},
    [COLUMN_ID_NUMBER] = {{"id_number", "证件号码", true}, CELL_TEXT, .max = 40},
    [COLUMN_RELATION] = {{"relation", "与户主关系", true}, CELL_CHOICE, .choices = relations},
    [COLUMN_SEX] = {{"sex", "性别"}, CELL_CHOICE, .choices = sexes},
    [COLUMN_BIRTH_ON] = {{"birth_on", "出生日期"}, CELL_DATE},
    [COLUMN_PHONE] = {{"phone", "联系电话"}, CELL_TEXT, .max = 40},
    [COLUMN_WORK_ABILITY] = {{"work_ability", "劳动能力"}, CELL_CHOICE, .choices = work_abilities},
    [COLUMN_DISABLED] = {{"disabled", "是否残疾"}, CELL_YES},
    [COLUMN_MINORITY] = {{"minority", "是否少数民族"}, CELL_YES},
    [COLUMN_RESIDENT] = {{"resident", "是否常住"}, CELL_YES},
    [COLUMN_MEMBERS_COUNT] = {{"members_count", "家庭人口数"}, CELL_COUNT, true, 1, 99},
    [COLUMN_CAUSE] = {{"cause", "致贫原因"}, CELL_CHOICE, true, .choices = causes},
    [COLUMN_DEGREE] = {{"degree", "贫困程度"}, CELL_CHOICE, true, .choices = degrees},
    [COLUMN_STATUS] = {{"status", "贫困户状态", true}, CELL_CHOICE, true, .choices = statuses},
    [COLUMN_STATUS_ON] = {{"status_on", "状态日期"}, CELL_DATE, true},
    [COLUMN_LAND_MU] = {{"land_mu", "耕地面积"}, CELL_HUNDREDTHS, true, 0, 1000000},
    [COLUMN_PAYEE_BANK] = {{"payee_bank", "开户银行"}, CELL_TEXT, true, .max = 60},
    [COLUMN_PAYEE_ACCOUNT] = {{"payee_account", "银行账号"}, CELL_TEXT, true, .max = 40},
    [COLUMN_CONSENT_ON] = {{"consent_on", "同意日期"}, CELL_DATE, true},
    [COLUMN_BASELINE_YEAR] = {{"baseline_year", "基期年份"}, CELL_COUNT, true, 2010, 2100},
    [COLUMN_INCOME_CONCEPT] = {{"income_concept", "收入口径"}, CELL_CHOICE, true, .choices = concepts},
    [COLUMN_INCOME_METHOD] = {{"income_method", "数据来源"}, CELL_CHOICE, true, .choices = methods},
    [COLUMN_FULL_SURVEY] = {{"full_survey", "是否全面调查"}, CELL_YES, true},
    [COLUMN_COLLECTED_ON] = {{"collected_on", "采集日期"}, CELL_DATE, true},
    [COLUMN_CATEGORY_CODE] = {{"category_code", "农产品类别"}, CELL_TEXT, true, .max = 40},
    [COLUMN_SALE_OF_PRODUCE] =
        {{"sale_of_produce_yuan", "农产品销售收入"}, CELL_HUNDREDTHS, true, -LARGE_FEN, LARGE_FEN},
    [COLUMN_WAGE] = {{"wage_yuan", "工资性收入"}, CELL_HUNDREDTHS, true, 0, LARGE_FEN},
    [COLUMN_RENT] = {{"rent_yuan", "租金收入"}, CELL_HUNDREDTHS, true, 0, LARGE_FEN},
    [COLUMN_DIVIDEND] = {{"dividend_yuan", "分红收入"}, CELL_HUNDREDTHS, true, 0, LARGE_FEN},
    [COLUMN_POST_SUBSIDY] = {{"post_subsidy_yuan", "公益岗位补贴"}, CELL_HUNDREDTHS, true, 0, LARGE_FEN},
    [COLUMN_TOURISM] = {{"tourism_yuan", "旅游收入"}, CELL_HUNDREDTHS, true, -LARGE_FEN, LARGE_FEN},
    [COLUMN_TRANSFER] = {{"transfer_yuan", "转移性收入"}, CELL_HUNDREDTHS, true, 0, LARGE_FEN},
    [COLUMN_OTHER] = {{"other_yuan", "其他收入"}, CELL_HUNDREDTHS, true, -LARGE_FEN, LARGE_FEN},
    [COLUMN_TOTAL_INCOME] = {{"total_income_yuan", "家庭年收入合计"}, CELL_HUNDREDTHS, true, -LARGE_FEN, LARGE_FEN},
    [COLUMN_INCOME_PER_PERSON] =
        {{"income_per_person_yuan", "人均年收入"}, CELL_HUNDREDTHS, true, -LARGE_FEN, LARGE_FEN},
};

const char *const income_kind_names[INCOME_KINDS_COUNT + 1] = {
    "sale_of_produce", "wage", "rent", "dividend", "post_subsidy", "tourism", "transfer", "other", NULL};

const char *household_column_name(enum household_column column)
{
    return column < HOUSEHOLD_COLUMNS_COUNT ? rows[column].column.name : "";
}

bool column_is_of_household(enum household_column column)
{
    return rows[column].of_household;
}

bool household_header_map(const struct csv_row *header, size_t positions[HOUSEHOLD_COLUMNS_COUNT],
                          struct csv_fault *fault)
{
    struct csv_column columns[HOUSEHOLD_COLUMNS_COUNT];
    for (size_t i = 0; i < HOUSEHOLD_COLUMNS_COUNT; i++)
        columns[i] = rows[i].column;
    return csv_map_header(header, columns, HOUSEHOLD_COLUMNS_COUNT, positions, fault);
}

static bool read_choice(const struct choice *choices, text typed, text *code)
{
    for (const struct choice *choice = choices; choice->code != NULL; choice++) {
        *code = text_from(choice->code);
        if (text_equal(typed, *code))
            return true;
        for (size_t i = 0; choice->words[i] != NULL; i++) {
            if (text_equal(typed, text_from(choice->words[i])))
                return true;
        }
    }
    return false;
}

static bool read_yes(text typed, int64_t *value)
{
    static const struct choice answers[] = {
        {"1", {"是", "有", "yes", "true"}}, {"0", {"否", "无", "no", "false"}}, CHOICES_END};
    text code;
    if (!read_choice(answers, typed, &code))
        return false;
    *value = code.at[0] - '0';
    return true;
}

/* 2016-05-01, 2016/5/1, 2016.5.1, 2016年5月1日, 20160501. */
static bool read_date(text typed, struct arena *arena, int64_t *value)
{
    int64_t numbers[3] = {0};
    size_t count = 0, digits = 0;
    bool inside = false;
    for (size_t i = 0; i < typed.length; i++) {
        char c = typed.at[i];
        bool digit = c >= '0' && c <= '9';
        bool packed = digits == 4 || digits == 6;
        if (digit && (!inside || (packed && typed.length == 8)) && ++count > 3)
            return false;
        if (digit) {
            numbers[count - 1] = numbers[count - 1] * 10 + (c - '0');
            digits++;
        }
        if (digits > 8)
            return false;
        inside = digit;
    }
    calendar_day day;
    text iso = text_format(arena, "%04d-%02d-%02d", (int)numbers[0], (int)numbers[1], (int)numbers[2]);
    if (count != 3 || !day_parse(iso, &day))
        return false;
    *value = day;
    return true;
}

static bool read_number(const struct household_column_row *row, text typed, struct arena *arena, int64_t *number)
{
    switch (row->kind) {
    case CELL_COUNT:
        return text_to_int64(typed, INT32_MIN, INT32_MAX, number);
    case CELL_HUNDREDTHS:
        return text_to_hundredths(typed, number);
    case CELL_DATE:
        return read_date(typed, arena, number);
    case CELL_YES:
        return read_yes(typed, number);
    case CELL_TEXT:
    case CELL_CHOICE:
        break;
    }
    return false;
}

enum cell_reading cell_read(enum household_column column, text typed, struct arena *arena, struct cell *cell)
{
    const struct household_column_row *row = &rows[column];
    *cell = (struct cell){.given = false};
    if (typed.at == NULL)
        return CELL_READ;
    if (row->kind == CELL_TEXT || row->kind == CELL_CHOICE) {
        cell->words = typed;
        if (row->kind == CELL_CHOICE && !read_choice(row->choices, typed, &cell->words))
            return CELL_UNREADABLE;
        if (row->kind == CELL_TEXT && text_characters(typed) > row->max)
            return CELL_OUT_OF_RANGE;
    } else {
        if (!read_number(row, typed, arena, &cell->number))
            return CELL_UNREADABLE;
        bool bounded = row->kind == CELL_COUNT || row->kind == CELL_HUNDREDTHS;
        if (bounded && (cell->number < row->min || cell->number > row->max))
            return CELL_OUT_OF_RANGE;
    }
    cell->given = true;
    return CELL_READ;
}

bool cell_equal(enum household_column column, const struct cell *a, const struct cell *b)
{
    if (!a->given || !b->given)
        return a->given == b->given;
    bool words = rows[column].kind == CELL_TEXT || rows[column].kind == CELL_CHOICE;
    return words ? text_equal(a->words, b->words) : a->number == b->number;
}
