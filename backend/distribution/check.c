/* Whether a rule says what can be done: which fields each kind of step needs and may have, as a table. */
#include "distribution/words.h"

enum step_field {
    HAS_BY = 1 << 0,
    HAS_PPM = 1 << 1,
    HAS_OF = 1 << 2,
    HAS_MINIMUM_PPM = 1 << 3,
    HAS_MINIMUM_OF = 1 << 4,
    HAS_AMOUNT_FEN = 1 << 5,
    HAS_PER = 1 << 6,
    HAS_LEAST_FEN = 1 << 7,
    HAS_LEAST_PER = 1 << 8,
    HAS_REGISTERED_PPM = 1 << 9,
    HAS_REGISTERED_ONLY = 1 << 10,
    HAS_KEEP_PPM = 1 << 11,
    HAS_GRADES = 1 << 12,
};
static const char *const step_field_names[] = {
    "by",     "ppm",       "of",        "minimum_ppm",    "minimum_of",      "amount_fen",
    "per",    "least_fen", "least_per", "registered_ppm", "registered_only", "keep_ppm",
    "grades", NULL,
};

static unsigned step_fields_given(const struct distribution_step *step)
{
    return (step->by.at != NULL ? HAS_BY : 0u) | (step->ppm != 0 ? HAS_PPM : 0u) | (step->of.at != NULL ? HAS_OF : 0u) |
           (step->minimum_ppm != 0 ? HAS_MINIMUM_PPM : 0u) | (step->minimum_of.at != NULL ? HAS_MINIMUM_OF : 0u) |
           (step->amount_fen != 0 ? HAS_AMOUNT_FEN : 0u) | (step->per.at != NULL ? HAS_PER : 0u) |
           (step->least_fen != 0 ? HAS_LEAST_FEN : 0u) | (step->least_per.at != NULL ? HAS_LEAST_PER : 0u) |
           (step->registered_ppm != 0 ? HAS_REGISTERED_PPM : 0u) | (step->registered_only ? HAS_REGISTERED_ONLY : 0u) |
           (step->keep_ppm != 0 ? HAS_KEEP_PPM : 0u) | (step->grades_count != 0 ? HAS_GRADES : 0u);
}

struct demand {
    bool possible;
    unsigned needs, may;
};
#define WEIGHED (HAS_REGISTERED_PPM | HAS_REGISTERED_ONLY)
#define MINIMUM (HAS_MINIMUM_PPM | HAS_MINIMUM_OF)
#define LEAST (HAS_LEAST_FEN | HAS_LEAST_PER)
static const struct demand demands[STEP_KINDS_COUNT][TO_COUNT] = {
    [STEP_SHARE] = {[TO_MEMBERS] = {true, HAS_PPM | HAS_OF | HAS_BY, WEIGHED | MINIMUM | LEAST},
                    [TO_VILLAGES] = {true, HAS_PPM | HAS_OF | HAS_BY, WEIGHED | MINIMUM | HAS_KEEP_PPM},
                    [TO_ORGANISATION] = {true, HAS_PPM | HAS_OF, MINIMUM}},
    [STEP_EACH] = {[TO_MEMBERS] = {true, HAS_PER, HAS_AMOUNT_FEN | HAS_GRADES | HAS_REGISTERED_ONLY}},
    [STEP_REST] = {[TO_MEMBERS] = {true, HAS_BY, WEIGHED},
                   [TO_VILLAGES] = {true, HAS_BY, WEIGHED | HAS_KEEP_PPM},
                   [TO_ORGANISATION] = {true, 0, 0}},
};
/* One without the other says nothing. */
static const unsigned pairs[] = {MINIMUM, LEAST};
/* What an amount for each needs beside `per`; per unit, an agreement may say the amount. */
static const struct demand per_demands[PERS_COUNT] = {
    [PER_HOUSEHOLD] = {true, HAS_AMOUNT_FEN, 0}, [PER_HEAD] = {true, HAS_AMOUNT_FEN, 0},
    [PER_SHARE] = {true, HAS_AMOUNT_FEN, 0},     [PER_UNIT] = {true, 0, HAS_AMOUNT_FEN},
    [PER_GRADE] = {true, HAS_GRADES, 0},
};

struct checking {
    struct arena *arena;
    struct problems *problems;
    size_t step;
    bool failed;
};

static void complain(struct checking *checking, const char *field, const char *code)
{
    text pointer = text_format(checking->arena, "/steps/%zu/%s", checking->step, field);
    problems_add(checking->problems, pointer, code, TEXT_NONE);
    checking->failed = true;
}

static void fields_complain(struct checking *checking, unsigned fields, const char *code)
{
    for (size_t i = 0; step_field_names[i] != NULL; i++)
        if (fields & (1u << i))
            complain(checking, step_field_names[i], code);
}

static void demand_check(struct checking *checking, const struct demand *demand, unsigned given, unsigned asked_of)
{
    fields_complain(checking, demand->needs & ~given, "required");
    fields_complain(checking, given & asked_of & ~(demand->needs | demand->may), "not-for-this-step");
}

static void grades_check(struct checking *checking, const struct distribution_step *step)
{
    for (size_t i = 1; i < step->grades_count; i++)
        if (step->grades[i].grade <= step->grades[i - 1].grade)
            complain(checking, "grades", "repeated");
}

static void step_check(struct checking *checking, const struct distribution_step *step, bool is_last)
{
    enum step_kind kind = (enum step_kind)word_place(step_kinds, step->kind);
    const struct demand *demand = &demands[kind][word_place(step_tos, step->to)];
    unsigned given = step_fields_given(step);
    if (!demand->possible) {
        complain(checking, "to", "not-for-this-step");
        return;
    }
    demand_check(checking, demand, given, ~0u);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (given & pairs[i])
            fields_complain(checking, pairs[i] & ~given & demand->may, "required");
    if (kind == STEP_EACH && step->per.at != NULL)
        demand_check(checking, &per_demands[word_place(step_pers, step->per)], given, HAS_AMOUNT_FEN | HAS_GRADES);
    if (step->least_per.at != NULL && text_equal(step->least_per, TEXT("grade")))
        complain(checking, "least_per", "not-for-this-step");
    if (kind == STEP_REST && !is_last)
        complain(checking, "kind", "rest-not-last");
    grades_check(checking, step);
}

static int64_t ppm_of_pool(const struct distribution_step *step)
{
    int64_t share = step->of.at != NULL && text_equal(step->of, TEXT("pool")) ? step->ppm : 0;
    int64_t minimum = step->minimum_of.at != NULL && text_equal(step->minimum_of, TEXT("pool")) ? step->minimum_ppm : 0;
    return share > minimum ? share : minimum;
}

static bool shares_exceed_pool(const struct distribution_rule *rule)
{
    int64_t of_pool = 0;
    for (size_t i = 0; i < rule->steps_count; i++)
        of_pool += ppm_of_pool(&rule->steps[i]);
    return of_pool > PPM_WHOLE;
}

enum problem distribution_rule_check(struct arena *arena, const struct distribution_rule *rule,
                                     struct problems *problems)
{
    struct checking checking = {.arena = arena, .problems = problems};
    for (size_t i = 0; i < rule->steps_count; i++) {
        checking.step = i;
        step_check(&checking, &rule->steps[i], i + 1 == rule->steps_count);
    }
    if (shares_exceed_pool(rule)) {
        problems_add(problems, TEXT("/steps"), "shares-above-whole", TEXT_NONE);
        checking.failed = true;
    }
    return checking.failed ? PROBLEM_INVALID : PROBLEM_NONE;
}

static bool step_asks(const struct distribution_step *step, text base)
{
    return (step->of.at != NULL && text_equal(step->of, base)) ||
           (step->minimum_of.at != NULL && text_equal(step->minimum_of, base));
}

bool distribution_rule_asks(const struct distribution_rule *rule, text base)
{
    bool of_pool = text_equal(base, TEXT("pool"));
    for (size_t i = 0; i < rule->steps_count; i++) {
        const struct distribution_step *step = &rule->steps[i];
        if (step_asks(step, base) ||
            (of_pool && (step_asks(step, TEXT("left")) || text_equal(step->kind, TEXT("rest")))))
            return true;
    }
    return false;
}

bool distribution_rule_by_village(const struct distribution_rule *rule)
{
    for (size_t i = 0; i < rule->steps_count; i++)
        if (text_equal(rule->steps[i].to, TEXT("villages")))
            return true;
    return false;
}
