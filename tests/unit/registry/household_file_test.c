/* The household file: what is read, what stops it, what it finds. All people and numbers are synthetic. */
#include "unit.h"

#include "registry/household_file.h"

TestSuite(household_file);

#define HEADER "户编号,村代码,姓名,证件号码,与户主关系,贫困户状态,致贫原因"
#define HEAD_ROW(card, number) card ",621202100201,张三," number ",户主,在册,因病"
#define ID_HEAD "990121197001010015"  /* a man of 1970 */
#define ID_OTHER "990121197001010023" /* a woman of 1970 */
#define ID_YOUNG "990121200002290025" /* a woman of 2000 */

static bool village_is_known(void *owner, text code)
{
    (void)owner;
    return text_starts_with(code, TEXT("621202"));
}

static bool id_number_is_held(void *owner, const struct household_member *member, text card_number)
{
    return owner != NULL && strcmp(member->id_number.digits, owner) == 0 && !text_equal(card_number, TEXT("0001"));
}

static void read_file(struct arena *arena, text source, void *held, struct household_file *file)
{
    calendar_day today;
    cr_assert(day_parse(TEXT("2026-11-23"), &today));
    struct household_lookups lookups = {
        .village_is_known = village_is_known, .id_number_is_held = id_number_is_held, .owner = held};
    household_file_read(arena, source, today, &lookups, file);
}

static size_t found(const struct household_file *file, enum household_rule rule)
{
    size_t count = 0;
    for (size_t i = 0; i < file->findings_count; i++)
        count += file->findings[i].rule == rule;
    return count;
}

static void expect_only(text source, enum household_rule rule, int64_t row)
{
    SCRATCH(arena);
    struct household_file file;
    read_file(arena, source, NULL, &file);
    cr_assert_eq(file.errors_count, 0);
    for (size_t i = 0; i < file.findings_count; i++) {
        cr_assert_eq(file.findings[i].rule, rule, "also %s", household_rule_name(file.findings[i].rule));
        cr_assert_eq(file.findings[i].row, row, "in row %ld", (long)file.findings[i].row);
    }
    cr_assert_eq(file.findings_count, 1, "%s: %zu", household_rule_name(rule), file.findings_count);
}

static void expect_error(text source, const char *code, int64_t row, int64_t column)
{
    SCRATCH(arena);
    struct household_file file;
    read_file(arena, source, NULL, &file);
    cr_assert_eq(file.errors_count, 1);
    cr_assert_str_eq(file.errors[0].fault.code, code);
    cr_assert_eq(file.errors[0].fault.row, row);
    cr_assert_eq(file.errors[0].fault.column, column);
}

Test(household_file, groups_persons_by_card_wherever_they_stand)
{
    SCRATCH(arena);
    struct household_file file;
    read_file(arena,
              TEXT(HEADER "\n" HEAD_ROW("0002", ID_HEAD) "\n" HEAD_ROW("0001", ID_OTHER) "\n"
                                                                                         "0002,,李四," ID_YOUNG
                                                                                         ",女儿,,\n"),
              NULL, &file);
    cr_assert(file.readable);
    cr_assert_eq(file.errors_count, 0);
    cr_assert_eq(file.findings_count, 0, "%s", household_rule_name(file.findings[0].rule));
    cr_assert_eq(file.households_count, 2);
    const struct household *first = &file.households[0];
    EXPECT_TEXT(first->card_number, "0002");
    EXPECT_TEXT(first->village_code, "621202100201");
    EXPECT_TEXT(first->cells[COLUMN_STATUS].words, "registered");
    EXPECT_TEXT(first->cells[COLUMN_CAUSE].words, "illness");
    cr_assert_eq(first->members_count, 2);
    EXPECT_TEXT(first->head->cells[COLUMN_NAME].words, "张三");
    EXPECT_TEXT(first->members[1]->cells[COLUMN_RELATION].words, "child");
}

Test(household_file, reads_english_headers_dates_and_amounts)
{
    SCRATCH(arena);
    struct household_file file;
    read_file(arena,
              TEXT("card_number,village_code,name,id_number,relation,status,cause,status_on,land_mu,wage_yuan,"
                   "total_income_yuan,resident,consent_on,baseline_year,income_concept,income_method\n"
                   "0001,621202100201,张三," ID_HEAD
                   ",head,registered,land,2016年5月1日,3.5,\"27,000.50\",27000.5,是,20160502,2018,net,survey\n"),
              NULL, &file);
    cr_assert_eq(file.findings_count + file.errors_count, 0);
    const struct cell *cells = file.households[0].cells;
    calendar_day day;
    cr_assert(day_parse(TEXT("2016-05-01"), &day));
    cr_assert_eq(cells[COLUMN_STATUS_ON].number, day);
    cr_assert_eq(cells[COLUMN_CONSENT_ON].number, day + 1);
    cr_assert_eq(cells[COLUMN_LAND_MU].number, 350);
    cr_assert_eq(cells[COLUMN_WAGE].number, 2700050);
    cr_assert_eq(file.members[0].cells[COLUMN_RESIDENT].number, 1);
}

Test(household_file, stops_at_errors)
{
    expect_error(TEXT(""), CSV_FAULT_EMPTY, 0, 0);
    expect_error(TEXT("\xFF\xFF\xFF\x01"), CSV_FAULT_ENCODING, 0, 0);
    expect_error(TEXT("户编号,村代码,姓名\n"), CSV_FAULT_MISSING_COLUMN, 1, 4);
    expect_error(TEXT(HEADER ",手机\n"), CSV_FAULT_UNKNOWN_COLUMN, 1, 8);
    expect_error(TEXT(HEADER "\n" HEAD_ROW("\"0001", ID_HEAD) "\n"), CSV_FAULT_QUOTE, 2, 1);
    expect_error(TEXT(HEADER "\n,621202100201,张三," ID_HEAD ",户主,在册,因病\n"), HOUSEHOLD_ERROR_NO_CARD, 2, 1);
    expect_error(TEXT(HEADER "\n0001,,张三," ID_HEAD ",户主,在册,因病\n"), HOUSEHOLD_ERROR_NO_VILLAGE, 2, 2);
    expect_error(TEXT(HEADER "\n0001,6.21202E+11,张三," ID_HEAD ",户主,在册,因病\n"), HOUSEHOLD_ERROR_AREA, 2, 2);
}

Test(household_file, finds_missing_key_fields)
{
    expect_only(TEXT(HEADER "\n0001,621202100201,," ID_HEAD ",户主,在册,因病\n"), RULE_NAME_MISSING, 2);
    expect_only(TEXT(HEADER "\n0001,621202100201,张三,,户主,在册,因病\n"), RULE_ID_NUMBER_MISSING, 2);
    expect_only(TEXT(HEADER "\n0001,621202100201,张三," ID_HEAD ",户主,,因病\n"), RULE_STATUS_MISSING, 2);
    expect_only(TEXT(HEADER "\n0001,621202100201,张三," ID_HEAD ",户主,在册,\n"), RULE_CAUSE_MISSING, 2);
    expect_only(TEXT(HEADER "\n0001,621202100201,张三," ID_HEAD ",配偶,在册,因病\n"), RULE_HEAD_MISSING, 2);
    expect_only(TEXT(HEADER "\n" HEAD_ROW("0001", ID_HEAD) "\n0001,,李四," ID_OTHER ",,,\n"), RULE_RELATION_MISSING, 3);
}

Test(household_file, finds_abnormal_values)
{
    expect_only(TEXT(HEADER "\n" HEAD_ROW("0001", "990121198502300015") "\n"), RULE_ID_NUMBER_INVALID, 2);
    expect_only(TEXT(HEADER ",联系电话\n" HEAD_ROW("0001", ID_HEAD) ",123\n"), RULE_PHONE_INVALID, 2);
    expect_only(TEXT(HEADER ",银行账号\n" HEAD_ROW("0001", ID_HEAD) ",12\n"), RULE_ACCOUNT_INVALID, 2);
    expect_only(TEXT(HEADER ",状态日期\n" HEAD_ROW("0001", ID_HEAD) ",2016-02-30\n"), RULE_UNREADABLE, 2);
    expect_only(TEXT(HEADER ",工资性收入\n" HEAD_ROW("0001", ID_HEAD) ",12.345\n"), RULE_UNREADABLE, 2);
    expect_only(TEXT(HEADER ",工资性收入\n" HEAD_ROW("0001", ID_HEAD) ",-1\n"), RULE_OUT_OF_RANGE, 2);
    expect_only(TEXT(HEADER ",家庭年收入合计\n" HEAD_ROW("0001", ID_HEAD) ",600000\n"), RULE_INCOME_HIGH, 2);
}

Test(household_file, finds_contradictions)
{
    expect_only(TEXT(HEADER ",性别\n" HEAD_ROW("0001", ID_HEAD) ",女\n"), RULE_SEX_DIFFERS, 2);
    expect_only(TEXT(HEADER ",出生日期\n" HEAD_ROW("0001", ID_HEAD) ",1970-01-02\n"), RULE_BIRTHDAY_DIFFERS, 2);
    expect_only(TEXT(HEADER ",家庭人口数\n" HEAD_ROW("0001", ID_HEAD) ",2\n"), RULE_MEMBERS_DIFFER, 2);
    expect_only(TEXT(HEADER "\n" HEAD_ROW("0001", ID_HEAD) "\n" HEAD_ROW("0001", ID_OTHER) "\n"), RULE_HEADS_SEVERAL,
                3);
    expect_only(TEXT(HEADER "\n" HEAD_ROW("0001", ID_HEAD) "\n0001,,李四," ID_OTHER ",配偶,,因学\n"),
                RULE_VALUES_DIFFER, 3);
    expect_only(TEXT(HEADER "\n" HEAD_ROW("0001", ID_HEAD) "\n0001,,李四," ID_YOUNG ",母亲,,\n"), RULE_AGES_CONTRADICT,
                3);
}

Test(household_file, finds_income_that_does_not_add_up)
{
#define INCOME ",基期年份,收入口径,数据来源,工资性收入,分红收入,家庭年收入合计,人均年收入\n"
    expect_only(TEXT(HEADER INCOME HEAD_ROW("0001", ID_HEAD) ",2018,纯收入,调查,3000,1000,5000,5000\n"),
                RULE_INCOME_PARTS, 2);
    expect_only(TEXT(HEADER INCOME HEAD_ROW("0001", ID_HEAD) ",2018,纯收入,调查,300,1000,4000,4000\n"),
                RULE_INCOME_TEN_TIMES, 2);
    expect_only(TEXT(HEADER INCOME HEAD_ROW("0001", ID_HEAD) ",2018,纯收入,调查,3000,1000,4000,2000\n"),
                RULE_INCOME_PER_PERSON, 2);
}

Test(household_file, finds_id_numbers_that_stand_twice_in_both_households)
{
    SCRATCH(arena);
    struct household_file file;
    read_file(arena, TEXT(HEADER "\n" HEAD_ROW("0001", ID_HEAD) "\n" HEAD_ROW("0002", "990121700101001") "\n"), ID_HEAD,
              &file);
    cr_assert_eq(found(&file, RULE_ID_NUMBER_REPEATED), 2, "the old form is the same number");
    cr_assert_eq(found(&file, RULE_ID_NUMBER_HELD), 1, "0001 is the holder itself");
    cr_assert_eq(file.households[0].findings_count, 1);
    cr_assert_eq(file.households[1].findings_count, 2);
    cr_assert_str_eq(household_rule_class(RULE_ID_NUMBER_REPEATED), "repeated_id_number");
}

Test(household_file, finds_too_many_people)
{
    SCRATCH(arena);
    struct bytes source;
    bytes_init(&source, arena, 8192);
    bytes_add(&source, TEXT(HEADER "\n" HEAD_ROW("0001", ID_HEAD) "\n"));
    for (int i = 0; i < 38; i++)
        bytes_add(&source, TEXT("0001,,某某,,其他,,\n"));
    struct household_file file;
    read_file(arena, bytes_text(&source), NULL, &file);
    cr_assert_eq(found(&file, RULE_PEOPLE_MANY), 1);
    cr_assert_eq(found(&file, RULE_ID_NUMBER_MISSING), 38);
}

Test(household_file, writes_refused_rows_that_can_be_read_again)
{
    SCRATCH(arena);
    struct household_file file, again;
    struct bytes refused;
    read_file(arena,
              TEXT("\xEF\xBB\xBF" HEADER
                   "\r\n" HEAD_ROW("0001", ID_HEAD) "\r\n\r\n"
                                                    "0002,990121100201,\"李,四\"," ID_OTHER
                                                    ",户主,在册,因病\r\n" HEAD_ROW("0003", "1") "\r\n"),
              NULL, &file);
    cr_assert_eq(file.errors_count, 1);
    bytes_init(&refused, arena, 4096);
    household_file_write_refused(&file, false, &refused);
    read_file(arena, bytes_text(&refused), NULL, &again);
    cr_assert_eq(again.households_count, 1);
    EXPECT_TEXT(again.members[0].cells[COLUMN_NAME].words, "李,四");
    refused.length = 0;
    household_file_write_refused(&file, true, &refused);
    read_file(arena, bytes_text(&refused), NULL, &again);
    cr_assert_eq(again.households_count, 2);
}

Test(household_file, reads_a_county_in_a_second)
{
    SCRATCH(arena);
    struct bytes source;
    struct household_file file;
    bytes_init(&source, arena, 16 * 1024 * 1024);
    bytes_add(&source, TEXT(HEADER "\n"));
    for (int i = 0; i < 50000; i++)
        bytes_add_format(&source, "%05d,621202100201,某某,,%s,在册,因病\n", i / 4, i % 4 == 0 ? "户主" : "子女");
    instant start = instant_now();
    read_file(arena, bytes_text(&source), NULL, &file);
    cr_assert_eq(file.households_count, 12500);
    cr_assert_lt(instant_now() - start, 5 * 1000000, "%ld µs", (long)(instant_now() - start));
}
