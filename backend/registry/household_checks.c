/* The data-quality rules of the household file, by name in one table. A rule finds; it never changes or refuses a row. */
#include "registry/household_file.h"
#include "registry/plausible.h"

#define INCOME_PER_PERSON_FEN_MAX INT64_C(50000000) /* 500,000 yuan */
#define WHOLE_YUAN_FEN 100                          /* sheets round to the yuan */

#define RULE_CLASS(name, class, rule, zh, en) [name] = class,
static const char *const rule_classes[HOUSEHOLD_RULES_COUNT] = {HOUSEHOLD_RULES(RULE_CLASS)};
#undef RULE_CLASS
#define RULE_NAME(name, class, rule, zh, en) [name] = rule,
static const char *const rule_names[HOUSEHOLD_RULES_COUNT] = {HOUSEHOLD_RULES(RULE_NAME)};
#undef RULE_NAME
#define RULE_WORDS(name, class, rule, zh, en) [name] = {[LANGUAGE_ZH] = zh, [LANGUAGE_EN] = en},
static const char *const rule_words[HOUSEHOLD_RULES_COUNT][LANGUAGES_COUNT] = {HOUSEHOLD_RULES(RULE_WORDS)};
#undef RULE_WORDS

const char *household_rule_class(enum household_rule rule)
{
    return rule_classes[rule];
}

const char *household_rule_name(enum household_rule rule)
{
    return rule_names[rule];
}

const char *household_rule_words(enum household_rule rule, enum language language)
{
    return rule_words[rule][language];
}

struct checking {
    struct arena *arena;
    struct household_file *file;
    size_t index;
    struct household *household;
};

static void find(const struct checking *checking, enum household_rule rule, int64_t row, enum household_column column)
{
    household_file_find(checking->file, checking->arena,
                        &(struct household_finding){rule, row, column, checking->index});
}

static void find_household(const struct checking *checking, enum household_rule rule, enum household_column column)
{
    find(checking, rule, checking->household->row, column);
}

static bool relation_is(const struct household_member *member, const char *code)
{
    const struct cell *relation = &member->cells[COLUMN_RELATION];
    return relation->given && text_equal(relation->words, text_from(code));
}

static void check_head(struct checking *checking)
{
    struct household *household = checking->household;
    for (size_t i = 0; i < household->members_count; i++) {
        const struct household_member *member = household->members[i];
        if (!relation_is(member, "head"))
            continue;
        if (household->head == NULL)
            household->head = member;
        else
            find(checking, RULE_HEADS_SEVERAL, member->row, COLUMN_RELATION);
    }
    if (household->head == NULL)
        find_household(checking, RULE_HEAD_MISSING, COLUMN_RELATION);
}

static void check_key_fields(struct checking *checking)
{
    const struct cell *cells = checking->household->cells;
    if (!cells[COLUMN_STATUS].given)
        find_household(checking, RULE_STATUS_MISSING, COLUMN_STATUS);
    bool poor = cells[COLUMN_STATUS].given && !text_equal(cells[COLUMN_STATUS].words, TEXT("never_registered"));
    if (poor && !cells[COLUMN_CAUSE].given)
        find_household(checking, RULE_CAUSE_MISSING, COLUMN_CAUSE);
}

bool household_income_is_complete(const struct household *household)
{
    return household->cells[COLUMN_BASELINE_YEAR].given && household->cells[COLUMN_INCOME_CONCEPT].given &&
           household->cells[COLUMN_INCOME_METHOD].given;
}

static void check_income_is_complete(struct checking *checking)
{
    for (size_t i = 0; i < INCOME_KINDS_COUNT; i++) {
        if (!checking->household->cells[COLUMN_INCOME_FIRST + i].given)
            continue;
        if (!household_income_is_complete(checking->household))
            find_household(checking, RULE_INCOME_INCOMPLETE, COLUMN_BASELINE_YEAR);
        return;
    }
}

static void check_people(struct checking *checking)
{
    const struct household *household = checking->household;
    const struct cell *stated = &household->cells[COLUMN_MEMBERS_COUNT];
    int64_t listed = (int64_t)household->members_count;
    if (stated->given && stated->number != listed)
        find_household(checking, RULE_MEMBERS_DIFFER, COLUMN_MEMBERS_COUNT);
    int64_t people = stated->given && stated->number > listed ? stated->number : listed;
    if (!people_fit_households(people, 1))
        find_household(checking, RULE_PEOPLE_MANY, COLUMN_MEMBERS_COUNT);
}

static void check_numbers(struct checking *checking)
{
    const struct household *household = checking->household;
    struct phone phone;
    struct bank_card card;
    for (size_t i = 0; i < household->members_count; i++) {
        const struct household_member *member = household->members[i];
        const struct cell *typed = &member->cells[COLUMN_PHONE];
        if (typed->given && phone_read(typed->words, &phone) != NUMBER_FINE)
            find(checking, RULE_PHONE_INVALID, member->row, COLUMN_PHONE);
    }
    /* A missing Luhn digit is no fault: passbooks have none. */
    const struct cell *account = &household->cells[COLUMN_PAYEE_ACCOUNT];
    if (account->given && bank_card_read(account->words, &card) != NUMBER_FINE)
        find_household(checking, RULE_ACCOUNT_INVALID, COLUMN_PAYEE_ACCOUNT);
}

static void check_against_id_number(struct checking *checking)
{
    for (size_t i = 0; i < checking->household->members_count; i++) {
        const struct household_member *member = checking->household->members[i];
        const struct cell *sex = &member->cells[COLUMN_SEX], *born = &member->cells[COLUMN_BIRTH_ON];
        if (member->id_fault != NUMBER_FINE)
            continue;
        if (sex->given && text_equal(sex->words, TEXT("f")) != member->id_number.female)
            find(checking, RULE_SEX_DIFFERS, member->row, COLUMN_SEX);
        if (born->given && born->number != member->id_number.birthday)
            find(checking, RULE_BIRTHDAY_DIFFERS, member->row, COLUMN_BIRTH_ON);
    }
}

static bool birthday_of(const struct household_member *member, int64_t *birthday)
{
    bool by_number = member->id_fault == NUMBER_FINE;
    *birthday = by_number ? member->id_number.birthday : member->cells[COLUMN_BIRTH_ON].number;
    return by_number || member->cells[COLUMN_BIRTH_ON].given;
}

static void check_ages(struct checking *checking)
{
    static const struct {
        const char *relation;
        int sign; /* 1: born after the head; -1: before */
    } generations[] = {{"child", 1}, {"grandchild", 1}, {"parent", -1}, {"grandparent", -1}};
    const struct household *household = checking->household;
    int64_t heads, own;
    if (household->head == NULL || !birthday_of(household->head, &heads))
        return;
    for (size_t i = 0; i < household->members_count; i++) {
        const struct household_member *member = household->members[i];
        for (size_t g = 0; g < sizeof(generations) / sizeof(generations[0]); g++) {
            if (relation_is(member, generations[g].relation) && birthday_of(member, &own) &&
                (own - heads) * generations[g].sign <= 0)
                find(checking, RULE_AGES_CONTRADICT, member->row, COLUMN_RELATION);
        }
    }
}

static void check_income_parts(struct checking *checking)
{
    const struct cell *cells = checking->household->cells, *total = &cells[COLUMN_TOTAL_INCOME];
    money parts[INCOME_KINDS_COUNT];
    bool any = false;
    for (size_t i = 0; i < INCOME_KINDS_COUNT; i++) {
        const struct cell *part = &cells[COLUMN_INCOME_FIRST + i];
        parts[i] = part->given ? part->number : 0;
        any = any || part->given;
    }
    int64_t tolerance = WHOLE_YUAN_FEN * INCOME_KINDS_COUNT / 2;
    if (!any || !total->given || parts_equal_total(parts, INCOME_KINDS_COUNT, total->number, tolerance))
        return;
    size_t off = parts_ten_times_off(parts, INCOME_KINDS_COUNT, total->number, tolerance);
    if (off == SIZE_MAX)
        find_household(checking, RULE_INCOME_PARTS, COLUMN_TOTAL_INCOME);
    else
        find_household(checking, RULE_INCOME_TEN_TIMES, (enum household_column)(COLUMN_INCOME_FIRST + off));
}

static void check_income_per_person(struct checking *checking)
{
    const struct household *household = checking->household;
    const struct cell *total = &household->cells[COLUMN_TOTAL_INCOME];
    const struct cell *stated = &household->cells[COLUMN_INCOME_PER_PERSON];
    const struct cell *count = &household->cells[COLUMN_MEMBERS_COUNT];
    int64_t people = count->given ? count->number : (int64_t)household->members_count;
    if (!total->given)
        return;
    if (total->number / people > INCOME_PER_PERSON_FEN_MAX)
        find_household(checking, RULE_INCOME_HIGH, COLUMN_TOTAL_INCOME);
    money all;
    if (stated->given && (!money_times(stated->number, people, &all) ||
                          !parts_equal_total(&all, 1, total->number, WHOLE_YUAN_FEN * people)))
        find_household(checking, RULE_INCOME_PER_PERSON, COLUMN_INCOME_PER_PERSON);
}

void household_check(struct household_file *file, size_t household, struct arena *arena)
{
    static void (*const checks[])(struct checking *) = {
        check_head, check_key_fields,   check_income_is_complete, check_people, check_numbers, check_against_id_number,
        check_ages, check_income_parts, check_income_per_person,
    };
    struct checking checking = {arena, file, household, &file->households[household]};
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        checks[i](&checking);
}

static int by_id_number(const void *a, const void *b)
{
    const struct household_member *left = *(const struct household_member *const *)a;
    const struct household_member *right = *(const struct household_member *const *)b;
    int order = strcmp(left->id_number.digits, right->id_number.digits);
    return order != 0 ? order : (left->row > right->row) - (left->row < right->row);
}

static bool same_id_number(const struct household_member *a, const struct household_member *b)
{
    return strcmp(a->id_number.digits, b->id_number.digits) == 0;
}

void household_check_id_numbers(struct household_file *file, const struct household_lookups *lookups,
                                struct arena *arena)
{
    const struct household_member **sorted = arena_alloc_items(arena, file->members_count + 1, sizeof(*sorted));
    size_t count = 0;
    for (size_t i = 0; i < file->members_count; i++) {
        if (file->members[i].id_fault == NUMBER_FINE)
            sorted[count++] = &file->members[i];
    }
    qsort(sorted, count, sizeof(*sorted), by_id_number);
    for (size_t i = 0; i < count; i++) {
        const struct household_member *member = sorted[i];
        struct household_finding finding = {RULE_ID_NUMBER_REPEATED, member->row, COLUMN_ID_NUMBER, member->household};
        bool repeated = (i > 0 && same_id_number(sorted[i - 1], member)) ||
                        (i + 1 < count && same_id_number(member, sorted[i + 1]));
        if (repeated)
            household_file_find(file, arena, &finding);
        finding.rule = RULE_ID_NUMBER_HELD;
        text card = file->households[member->household].card_number;
        if (lookups->id_number_is_held(lookups->owner, member, card))
            household_file_find(file, arena, &finding);
    }
}
