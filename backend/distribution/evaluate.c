/* Evaluates a rule on a pool: step by step, in whole fen, remembering why. Whatever the rule, the parts sum to the pool. */
#include "distribution/words.h"

const char *const distribution_kinds[] = {"shares", "per_head", NULL};

struct sharing {
    struct arena *arena;
    const struct distribution_pool *pool;
    const struct distribution_member *members; /* in household order */
    size_t count;
    money left;
    struct distribution *result;
    size_t *village_of; /* of each member: its place in result->villages */
};
/* One step under way. */
struct step_work {
    const struct distribution_step *step;
    struct distribution_taken *taken;
    int64_t *weights;
    money *owed;
    bool *raised;
};

/* ---- What a member weighs, and how often it counts ---- */
static int64_t measure(const struct distribution_member *member, enum step_by by)
{
    const int64_t measures[BYS_COUNT] = {
        [BY_SHARES] = member->shares,
        [BY_HEADS] = member->heads,
        [BY_HOUSEHOLDS] = 1,
        [BY_UNITS] = member->units_hundredths,
    };
    return measures[by];
}

static bool takes_part(const struct distribution_step *step, const struct distribution_member *member)
{
    return member->registered || !step->registered_only;
}

/* Scaled only where registered households weigh more, so that plain weights stay the numbers people know. */
static bool weigh(const struct distribution_step *step, const struct distribution_member *member, int64_t *weight)
{
    *weight = 0;
    if (!takes_part(step, member))
        return true;
    int64_t plain = measure(member, (enum step_by)word_place(step_bys, step->by));
    if (step->registered_ppm == 0) {
        *weight = plain;
        return true;
    }
    return money_times(plain, member->registered ? step->registered_ppm : PPM_WHOLE, weight);
}

static bool weigh_all(const struct sharing *sharing, struct step_work *work)
{
    int64_t sum = 0;
    for (size_t i = 0; i < sharing->count; i++)
        if (!weigh(work->step, &sharing->members[i], &work->weights[i]) || !money_plus(sum, work->weights[i], &sum))
            return false;
    work->taken->weights = sum;
    return true;
}

static bool times_hundredths(const struct distribution_member *member, enum step_per per, int64_t *times)
{
    const int64_t whole[PERS_COUNT] = {[PER_HOUSEHOLD] = 1, [PER_HEAD] = member->heads, [PER_SHARE] = member->shares};
    if (per == PER_UNIT || per == PER_GRADE) {
        *times = member->units_hundredths;
        return true;
    }
    return money_times(whole[per], UNIT_HUNDREDTHS, times);
}

static money grade_amount(const struct distribution_step *step, int64_t grade)
{
    for (size_t i = 0; i < step->grades_count; i++)
        if (step->grades[i].grade == grade)
            return step->grades[i].amount_fen;
    return 0;
}

static money amount_of(const struct distribution_step *step, const struct distribution_member *member,
                       enum step_per per)
{
    if (per == PER_GRADE)
        return grade_amount(step, member->grade);
    return per == PER_UNIT && step->amount_fen == 0 ? member->rate_fen : step->amount_fen;
}

/* ---- What a step asks for ---- */
static money base_of(const struct sharing *sharing, text of)
{
    const money bases[BASES_COUNT] = {
        [BASE_POOL] = sharing->pool->pool_fen,
        [BASE_LEFT] = sharing->left,
        [BASE_INCOME] = sharing->pool->income_fen,
    };
    return bases[word_place(step_bases, of)];
}

static bool share_reckon(const struct sharing *sharing, struct step_work *work)
{
    const struct distribution_step *step = work->step;
    struct distribution_taken *taken = work->taken;
    taken->base_fen = base_of(sharing, step->of);
    if (!money_ratio(taken->base_fen, step->ppm, PPM_WHOLE, &taken->share_fen))
        return false;
    if (step->minimum_ppm != 0 &&
        !money_ratio(base_of(sharing, step->minimum_of), step->minimum_ppm, PPM_WHOLE, &taken->minimum_fen))
        return false;
    taken->minimum_held = taken->minimum_fen > taken->share_fen;
    taken->asked_fen = taken->minimum_held ? taken->minimum_fen : taken->share_fen;
    return true;
}

static bool rest_reckon(const struct sharing *sharing, struct step_work *work)
{
    work->taken->asked_fen = sharing->left;
    return true;
}

/* An amount for each: weights are how often each gets it. */
static bool each_reckon(const struct sharing *sharing, struct step_work *work)
{
    enum step_per per = (enum step_per)word_place(step_pers, work->step->per);
    struct distribution_taken *taken = work->taken;
    for (size_t i = 0; i < sharing->count; i++) {
        const struct distribution_member *member = &sharing->members[i];
        if (!takes_part(work->step, member))
            continue;
        if (!times_hundredths(member, per, &work->weights[i]) ||
            !money_ratio(amount_of(work->step, member, per), work->weights[i], UNIT_HUNDREDTHS, &work->owed[i]) ||
            !money_plus(taken->asked_fen, work->owed[i], &taken->asked_fen) ||
            !money_plus(taken->weights, work->weights[i], &taken->weights))
            return false;
    }
    return true;
}

typedef bool step_reckon(const struct sharing *sharing, struct step_work *work);
static step_reckon *const reckons[STEP_KINDS_COUNT] = {
    [STEP_SHARE] = share_reckon, [STEP_EACH] = each_reckon, [STEP_REST] = rest_reckon};

static bool least_raise(const struct sharing *sharing, struct step_work *work, size_t i)
{
    const struct distribution_member *member = &sharing->members[i];
    int64_t times;
    money least;
    enum step_per per = (enum step_per)word_place(step_pers, work->step->least_per);
    if (!times_hundredths(member, per, &times) || !money_ratio(work->step->least_fen, times, UNIT_HUNDREDTHS, &least))
        return false;
    work->raised[i] = least > work->owed[i];
    if (work->raised[i]) {
        work->owed[i] = least;
        work->taken->raised_count++;
    }
    return true;
}

/* Splits what a share or the rest asks for; who is lifted to the least amount makes the step ask for more. */
static bool members_owe(const struct sharing *sharing, struct step_work *work)
{
    struct distribution_taken *taken = work->taken;
    if (taken->weights == 0) {
        taken->asked_fen = 0;
        return true;
    }
    if (!money_split(taken->asked_fen, work->weights, sharing->count, work->owed))
        return false;
    if (work->step->least_fen == 0)
        return true;
    taken->asked_fen = 0;
    for (size_t i = 0; i < sharing->count; i++)
        if ((takes_part(work->step, &sharing->members[i]) && !least_raise(sharing, work, i)) ||
            !money_plus(taken->asked_fen, work->owed[i], &taken->asked_fen))
            return false;
    return true;
}

/* ---- What it gets ---- */
static bool pool_take(struct sharing *sharing, struct distribution_taken *taken)
{
    struct distribution *result = sharing->result;
    taken->taken_fen = taken->asked_fen;
    if (sharing->pool->open)
        return money_plus(result->pool_fen, taken->asked_fen, &result->pool_fen);
    if (taken->taken_fen > sharing->left)
        taken->taken_fen = sharing->left;
    sharing->left -= taken->taken_fen;
    taken->left_fen = sharing->left;
    return money_plus(result->short_fen, taken->asked_fen - taken->taken_fen, &result->short_fen);
}

/* A pool that is too small is shared in proportion to what each was promised. */
static bool members_cut(const struct sharing *sharing, struct step_work *work)
{
    const struct distribution_taken *taken = work->taken;
    if (taken->taken_fen == taken->asked_fen)
        return true;
    int64_t *promised = arena_alloc_items(sharing->arena, sharing->count, sizeof *promised);
    memcpy(promised, work->owed, sharing->count * sizeof *promised);
    return money_split(taken->taken_fen, promised, sharing->count, work->owed);
}

static void lines_add(struct sharing *sharing, const struct step_work *work)
{
    for (size_t i = 0; i < sharing->count; i++) {
        struct distribution_line *line = &sharing->result->lines[i];
        if (work->weights[i] == 0 && work->owed[i] == 0)
            continue;
        line->parts[line->parts_count++] = (struct distribution_part){.step = work->taken->step,
                                                                      .weight = work->weights[i],
                                                                      .raised = work->raised[i],
                                                                      .amount_fen = work->owed[i]};
        line->amount_fen += work->owed[i];
        sharing->result->households_fen += work->owed[i];
    }
}

static bool village_weights(const struct sharing *sharing, const struct step_work *work, int64_t *weights)
{
    for (size_t i = 0; i < sharing->count; i++) {
        int64_t *weight = &weights[sharing->village_of[i]];
        if (!money_plus(*weight, work->weights[i], weight))
            return false;
    }
    return true;
}

/* The second split: what a village's collective does not keep, among its own households. */
static bool village_share(struct sharing *sharing, struct step_work *work, size_t at, money received)
{
    struct distribution_village *village = &sharing->result->villages[at];
    int64_t *weights = arena_alloc_items(sharing->arena, sharing->count, sizeof *weights);
    money *parts = arena_alloc_items(sharing->arena, sharing->count, sizeof *parts);
    money kept;
    if (received == 0)
        return true;
    for (size_t i = 0; i < sharing->count; i++)
        weights[i] = sharing->village_of[i] == at ? work->weights[i] : 0;
    if (!money_ratio(received, work->step->keep_ppm, PPM_WHOLE, &kept) ||
        !money_split(received - kept, weights, sharing->count, parts))
        return false;
    for (size_t i = 0; i < sharing->count; i++)
        work->owed[i] += parts[i];
    village->received_fen += received;
    village->kept_fen += kept;
    sharing->result->villages_fen += kept;
    return true;
}

static bool villages_share(struct sharing *sharing, struct step_work *work)
{
    size_t count = sharing->result->villages_count;
    int64_t *weights = arena_alloc_items(sharing->arena, count, sizeof *weights);
    money *parts = arena_alloc_items(sharing->arena, count, sizeof *parts);
    if (work->taken->taken_fen == 0)
        return true;
    if (!village_weights(sharing, work, weights) || !money_split(work->taken->taken_fen, weights, count, parts))
        return false;
    for (size_t at = 0; at < count; at++)
        if (!village_share(sharing, work, at, parts[at]))
            return false;
    return true;
}

static bool members_give(struct sharing *sharing, struct step_work *work)
{
    return pool_take(sharing, work->taken) && members_cut(sharing, work);
}

static bool step_to_members(struct sharing *sharing, struct step_work *work)
{
    bool by_weight = work->step->by.at != NULL;
    if (by_weight && !members_owe(sharing, work))
        return false;
    if (!members_give(sharing, work))
        return false;
    lines_add(sharing, work);
    return true;
}

static bool step_to_villages(struct sharing *sharing, struct step_work *work)
{
    if (work->taken->weights == 0)
        work->taken->asked_fen = 0;
    if (!pool_take(sharing, work->taken) || !villages_share(sharing, work))
        return false;
    lines_add(sharing, work);
    return true;
}

static bool step_to_organisation(struct sharing *sharing, struct step_work *work)
{
    if (!pool_take(sharing, work->taken))
        return false;
    sharing->result->organisation_fen += work->taken->taken_fen;
    return true;
}

typedef bool step_give(struct sharing *sharing, struct step_work *work);
static step_give *const gives[TO_COUNT] = {
    [TO_MEMBERS] = step_to_members, [TO_VILLAGES] = step_to_villages, [TO_ORGANISATION] = step_to_organisation};

static bool step_run(struct sharing *sharing, const struct distribution_step *step)
{
    struct distribution *result = sharing->result;
    struct distribution_taken *taken = &result->steps[result->steps_count++];
    struct step_work work = {
        .step = step,
        .taken = taken,
        .weights = arena_alloc_items(sharing->arena, sharing->count, sizeof *work.weights),
        .owed = arena_alloc_items(sharing->arena, sharing->count, sizeof *work.owed),
        .raised = arena_alloc_items(sharing->arena, sharing->count, sizeof *work.raised),
    };
    *taken = (struct distribution_taken){
        .step = (int64_t)result->steps_count, .kind = step->kind, .to = step->to, .by = step->by};
    if (step->by.at != NULL && !weigh_all(sharing, &work))
        return false;
    return reckons[word_place(step_kinds, step->kind)](sharing, &work) &&
           gives[word_place(step_tos, step->to)](sharing, &work);
}

/* ---- Setting out ---- */
static int member_compare(const void *a, const void *b)
{
    const struct distribution_member *one = a, *other = b;
    return uuid_compare(one->household_id, other->household_id);
}

static int village_compare(const void *a, const void *b)
{
    const struct distribution_village *one = a, *other = b;
    return text_compare(one->area_code, other->area_code);
}

static void villages_gather(struct sharing *sharing)
{
    struct distribution *result = sharing->result;
    size_t kept = 0;
    if (sharing->count == 0)
        return;
    result->villages = arena_alloc_items(sharing->arena, sharing->count, sizeof *result->villages);
    sharing->village_of = arena_alloc_items(sharing->arena, sharing->count, sizeof *sharing->village_of);
    for (size_t i = 0; i < sharing->count; i++)
        result->villages[i].area_code = sharing->members[i].area_code;
    qsort(result->villages, sharing->count, sizeof *result->villages, village_compare);
    for (size_t i = 0; i < sharing->count; i++)
        if (kept == 0 || village_compare(&result->villages[kept - 1], &result->villages[i]) != 0)
            result->villages[kept++] = result->villages[i];
    result->villages_count = kept;
    for (size_t i = 0; i < sharing->count; i++) {
        struct distribution_village wanted = {.area_code = sharing->members[i].area_code};
        const struct distribution_village *found =
            bsearch(&wanted, result->villages, kept, sizeof *result->villages, village_compare);
        sharing->village_of[i] = (size_t)(found - result->villages);
    }
}

/* A copy in household order: the odd fen must not depend on the order of rows in a fact. */
static void members_sort(struct sharing *sharing, const struct distribution_member *members)
{
    struct distribution_member *sorted = arena_alloc_items(sharing->arena, sharing->count, sizeof *sorted);
    if (sharing->count > 0) {
        memcpy(sorted, members, sharing->count * sizeof *sorted);
        qsort(sorted, sharing->count, sizeof *sorted, member_compare);
    }
    sharing->members = sorted;
}

static void lines_begin(struct sharing *sharing, size_t steps)
{
    struct distribution *result = sharing->result;
    result->lines = arena_alloc_items(sharing->arena, sharing->count, sizeof *result->lines);
    result->lines_count = sharing->count;
    for (size_t i = 0; i < sharing->count; i++)
        result->lines[i] = (struct distribution_line){
            .household_id = sharing->members[i].household_id,
            .area_code = sharing->members[i].area_code,
            .parts = arena_alloc_items(sharing->arena, steps, sizeof(struct distribution_part)),
        };
}

enum problem distribution_evaluate(struct arena *arena, const struct distribution_rule *rule,
                                   const struct distribution_pool *pool, const struct distribution_member *members,
                                   size_t members_count, struct distribution *result)
{
    struct sharing sharing = {.arena = arena, .pool = pool, .count = members_count, .result = result};
    must(pool->pool_fen >= 0 && pool->income_fen >= 0 && (!pool->open || pool->pool_fen == 0));
    *result = (struct distribution){
        .pool_fen = pool->pool_fen,
        .steps = arena_alloc_items(arena, rule->steps_count, sizeof *result->steps),
    };
    sharing.left = pool->pool_fen;
    members_sort(&sharing, members);
    lines_begin(&sharing, rule->steps_count);
    if (distribution_rule_by_village(rule))
        villages_gather(&sharing);
    for (size_t i = 0; i < rule->steps_count; i++)
        if (!step_run(&sharing, &rule->steps[i]))
            return PROBLEM_OVERFLOW;
    result->organisation_fen += sharing.left;
    must(result->organisation_fen + result->villages_fen + result->households_fen == result->pool_fen);
    return PROBLEM_NONE;
}

struct distribution_rule distribution_rule_of_sale(struct arena *arena, text kind, int64_t retain_ppm)
{
    static const enum step_by weighs[] = {BY_SHARES, BY_HOUSEHOLDS}; /* in the order of distribution_kinds */
    struct distribution_step *steps = arena_alloc_items(arena, 2, sizeof *steps);
    text by = text_from(step_bys[weighs[word_place(distribution_kinds, kind)]]);
    if (retain_ppm < PPM_WHOLE)
        steps[0] = (struct distribution_step){
            .kind = TEXT("share"), .to = TEXT("members"), .ppm = PPM_WHOLE - retain_ppm, .of = TEXT("pool"), .by = by};
    else
        steps[0] = (struct distribution_step){.kind = TEXT("rest"), .to = TEXT("organisation")};
    return (struct distribution_rule){.steps = steps, .steps_count = 1};
}
