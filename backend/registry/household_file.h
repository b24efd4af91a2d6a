/* The household file: CSV, one row a person, into households with their members, errors and findings. No database in it.
   The columns stand in household_columns.c with both names and what they take. Columns of the household are read from its
   first row that fills them; other rows may repeat them or leave them blank. */
#ifndef REGISTRY_HOUSEHOLD_FILE_H
#define REGISTRY_HOUSEHOLD_FILE_H

#include "registry.h"

/* In the order of household_columns[]. Income columns stand together, in the order of income_kind_names[]. */
enum household_column {
    COLUMN_CARD_NUMBER,
    COLUMN_VILLAGE_CODE,
    COLUMN_NAME,
    COLUMN_ID_NUMBER,
    COLUMN_RELATION,
    COLUMN_SEX,
    COLUMN_BIRTH_ON,
    COLUMN_PHONE,
    COLUMN_WORK_ABILITY,
    COLUMN_DISABLED,
    COLUMN_MINORITY,
    COLUMN_RESIDENT,
    COLUMN_MEMBERS_COUNT,
    COLUMN_CAUSE,
    COLUMN_DEGREE,
    COLUMN_STATUS,
    COLUMN_STATUS_ON,
    COLUMN_LAND_MU,
    COLUMN_PAYEE_BANK,
    COLUMN_PAYEE_ACCOUNT,
    COLUMN_CONSENT_ON,
    COLUMN_BASELINE_YEAR,
    COLUMN_INCOME_CONCEPT,
    COLUMN_INCOME_METHOD,
    COLUMN_FULL_SURVEY,
    COLUMN_COLLECTED_ON,
    COLUMN_CATEGORY_CODE,
    COLUMN_SALE_OF_PRODUCE,
    COLUMN_WAGE,
    COLUMN_RENT,
    COLUMN_DIVIDEND,
    COLUMN_POST_SUBSIDY,
    COLUMN_TOURISM,
    COLUMN_TRANSFER,
    COLUMN_OTHER,
    COLUMN_TOTAL_INCOME,
    COLUMN_INCOME_PER_PERSON,
    HOUSEHOLD_COLUMNS_COUNT
};
#define COLUMN_INCOME_FIRST COLUMN_SALE_OF_PRODUCE
#define INCOME_KINDS_COUNT (COLUMN_OTHER - COLUMN_SALE_OF_PRODUCE + 1)

/* Text and choices are words (a choice its code), all else a number: fen, hundredths of a mu, days, 0 or 1. */
struct cell {
    bool given;
    union {
        text words;
        int64_t number;
    };
};

enum cell_reading { CELL_READ, CELL_UNREADABLE, CELL_OUT_OF_RANGE };
MUST_USE enum cell_reading cell_read(enum household_column column, text typed, struct arena *arena, struct cell *cell);
PURE bool cell_equal(enum household_column column, const struct cell *a, const struct cell *b);
const char *household_column_name(enum household_column column);
PURE bool column_is_of_household(enum household_column column);
MUST_USE bool household_header_map(const struct csv_row *header, size_t positions[HOUSEHOLD_COLUMNS_COUNT],
                                   struct csv_fault *fault);

struct household_member {
    int64_t row;
    text raw; /* the row as it stood, for the file of refused rows */
    size_t household;
    struct cell cells[HOUSEHOLD_COLUMNS_COUNT];
    enum number_fault id_fault; /* not NUMBER_FINE: id_number is not set */
    struct id_number id_number;
};
struct household {
    int64_t row; /* its first */
    text card_number, village_code;
    const struct household_member **members;
    size_t members_count;
    const struct household_member *head;        /* NULL: nobody is */
    struct cell cells[HOUSEHOLD_COLUMNS_COUNT]; /* those of the household */
    size_t errors_count, findings_count;
};

/* A finding imports the row marked; its household is not counted until it is closed. */
/* clang-format off */
#define HOUSEHOLD_RULES(X) /* enum, class as in findings.class, rule, 中文, English */ \
    X(RULE_NAME_MISSING, "missing_key_field", "name_missing", "缺少姓名", "the name is missing") \
    X(RULE_ID_NUMBER_MISSING, "missing_key_field", "id_number_missing", "缺少证件号码", "the ID number is missing") \
    X(RULE_RELATION_MISSING, "missing_key_field", "relation_missing", "缺少与户主关系", "the relation to the head is missing") \
    X(RULE_HEAD_MISSING, "missing_key_field", "head_missing", "没有户主", "nobody is the head") \
    X(RULE_STATUS_MISSING, "missing_key_field", "status_missing", "缺少贫困户状态", "the status is missing") \
    X(RULE_CAUSE_MISSING, "missing_key_field", "cause_missing", "缺少致贫原因", "the cause of poverty is missing") \
    X(RULE_INCOME_INCOMPLETE, "missing_key_field", "income_incomplete", "收入缺年份、口径或来源，未导入", "income lacks year, concept or method and was left out") \
    X(RULE_UNREADABLE, "abnormal_value", "value_unreadable", "内容无法识别，未导入该值", "a value can't be read and was left out") \
    X(RULE_OUT_OF_RANGE, "abnormal_value", "value_out_of_range", "数值超出合理范围", "a value is outside what can be") \
    X(RULE_ID_NUMBER_INVALID, "abnormal_value", "id_number_invalid", "证件号码有误", "the ID number is not right") \
    X(RULE_PHONE_INVALID, "abnormal_value", "phone_invalid", "手机号码有误", "the phone number is not right") \
    X(RULE_ACCOUNT_INVALID, "abnormal_value", "payee_account_invalid", "银行账号有误", "the payee account is not right") \
    X(RULE_PEOPLE_MANY, "abnormal_value", "people_per_household", "家庭人口异常多", "more people than a household has") \
    X(RULE_INCOME_HIGH, "abnormal_value", "income_implausible", "人均收入异常高", "income per person is implausibly high") \
    X(RULE_HEADS_SEVERAL, "contradiction", "heads_several", "户主不止一人", "more than one is the head") \
    X(RULE_MEMBERS_DIFFER, "contradiction", "members_count_differs", "家庭人口数与所列人数不符", "members_count is not the persons listed") \
    X(RULE_VALUES_DIFFER, "contradiction", "household_values_differ", "同一户各行填写不一致", "rows of one household say different things") \
    X(RULE_SEX_DIFFERS, "contradiction", "sex_contradicts_id_number", "性别与证件号码不符", "the sex is not that of the ID number") \
    X(RULE_BIRTHDAY_DIFFERS, "contradiction", "birthday_contradicts_id_number", "出生日期与证件号码不符", "the birthday is not that of the ID number") \
    X(RULE_AGES_CONTRADICT, "contradiction", "ages_contradict_relation", "年龄与家庭关系矛盾", "ages and relation can't both be right") \
    X(RULE_INCOME_PARTS, "contradiction", "income_parts_differ_from_total", "各项收入之和与合计不符", "income by kind does not sum to the total") \
    X(RULE_INCOME_TEN_TIMES, "contradiction", "income_part_ten_times_off", "一项收入可能多写或少写一个零", "one kind of income seems to have a zero too many or too few") \
    X(RULE_INCOME_PER_PERSON, "contradiction", "income_per_person_differs", "人均收入与合计、人口数不符", "income per person is not the total by the members") \
    X(RULE_ID_NUMBER_REPEATED, "repeated_id_number", "id_number_repeated", "证件号码在本文件中重复", "the ID number stands twice in this file") \
    X(RULE_ID_NUMBER_HELD, "repeated_id_number", "id_number_held", "证件号码已登记在其他户", "another household holds this ID number")
/* clang-format on */
#define HOUSEHOLD_RULE_ENUM(name, class, rule, zh, en) name,
enum household_rule { HOUSEHOLD_RULES(HOUSEHOLD_RULE_ENUM) HOUSEHOLD_RULES_COUNT };
#undef HOUSEHOLD_RULE_ENUM
const char *household_rule_class(enum household_rule rule);
const char *household_rule_name(enum household_rule rule);
const char *household_rule_words(enum household_rule rule, enum language language);

#define HOUSEHOLD_COLUMN_NONE HOUSEHOLD_COLUMNS_COUNT
struct household_finding {
    enum household_rule rule;
    int64_t row;
    enum household_column column; /* HOUSEHOLD_COLUMN_NONE: of the whole row */
    size_t household;
};
/* An error keeps its household out, and without --only-clean the whole file. */
#define HOUSEHOLD_ERROR_NO_CARD "card-number-missing"
#define HOUSEHOLD_ERROR_NO_VILLAGE "village-code-missing"
#define HOUSEHOLD_ERROR_AREA "area-unknown"
#define HOUSEHOLD_ERROR_TOO_MANY "file-too-many-rows"
struct household_error {
    struct csv_fault fault;
    size_t household; /* SIZE_MAX: of the whole file */
};

struct household_file {
    struct household_member *members;
    struct household *households; /* in the order of their first rows */
    struct household_finding *findings;
    struct household_error *errors;
    size_t members_count, households_count, findings_count, errors_count;
    size_t findings_room, errors_room;
    enum csv_encoding encoding;
    text header;   /* as it stood */
    bool readable; /* false: nothing but the one error is to be trusted */
};
struct household_lookups {
    bool (*village_is_known)(void *owner, text village_code); /* in force, and within the county the file is for */
    void (*rows_are_grouped)(void *owner,
                             const struct household_file *file); /* NULL: nothing to prepare before checks */
    bool (*id_number_is_held)(void *owner, const struct household_member *member,
                              text card_number); /* by another card */
    void *owner;
};
/* `file` is what arrived, in any encoding csv reads. Everything answered lives in the arena or in `file`. */
void household_file_read(struct arena *arena, text file, calendar_day today, const struct household_lookups *lookups,
                         struct household_file *read);
/* The same of one household that came by form: cells as a sheet would hold them, TEXT_NONE where blank; row 1 is the first person. */
struct household_form_row {
    text cells[HOUSEHOLD_COLUMNS_COUNT];
};
void household_form_read(struct arena *arena, const struct household_form_row *rows, size_t count, calendar_day today,
                         const struct household_lookups *lookups, struct household_file *read);
/* household_checks.c: what the rules say about one household, and about ID numbers over the whole file. */
void household_check(struct household_file *file, size_t household, struct arena *arena);
void household_check_id_numbers(struct household_file *file, const struct household_lookups *lookups,
                                struct arena *arena);
PURE bool household_income_is_complete(const struct household *household); /* year, concept and method are given */
void household_file_find(struct household_file *file, struct arena *arena, const struct household_finding *finding);
/* As CSV that can be mended and handed in again: the rows of households with errors, and with findings when `with_findings`. */
void household_file_write_refused(const struct household_file *read, bool with_findings, struct bytes *into);

#endif
