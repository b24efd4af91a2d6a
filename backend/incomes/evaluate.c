/* Who gets what of a pool by an organisation's rule, as a dry run and as a proposal: one reckoning for both. Pure. */
#include "incomes.h"

/* What a purpose is to a household. A trusteeship's return is earned by what was entrusted, like a dividend. */
static const struct {
    const char *purpose, *income_kind;
} income_kinds[] = {
    {"wage", "wage"},
    {"rent", "rent"},
    {"dividend", "dividend"},
    {"trusteeship", "dividend"},
    {"post_subsidy", "post_subsidy"},
    {"sale", "sale_of_produce"},
};

static text income_kind_of(text purpose)
{
    for (size_t i = 0; i < sizeof income_kinds / sizeof *income_kinds; i++)
        if (text_equal(text_from(income_kinds[i].purpose), purpose))
            return text_from(income_kinds[i].income_kind);
    must_failed("a purpose of the list", __FILE__, __LINE__);
}

struct sharing_work {
    const struct request *request;
    const struct sharing_body *body;
    const struct sharing_facts *facts;
    struct sharing_plan *plan;
    struct problems *problems;
    struct distribution_rule rule;
};

static enum problem work_refuse(const struct sharing_work *work, const char *pointer, const char *code)
{
    problems_add(work->problems, text_from(pointer), code, TEXT_NONE);
    return PROBLEM_INVALID;
}

static enum problem rule_of_body(struct sharing_work *work)
{
    work->rule = (struct distribution_rule){work->body->steps, work->body->steps_count};
    work->plan->purpose = work->body->purpose;
    if (work->body->purpose.at == NULL)
        return work_refuse(work, "/purpose", "required");
    return distribution_rule_check(work->request->arena, &work->rule, work->problems);
}

static enum problem rule_choose(struct sharing_work *work)
{
    const struct sharing_facts *facts = work->facts;
    if (work->body->rule_version == 0 && work->body->steps_count == 0)
        return work_refuse(work, "/rule_version", "required");
    if (work->body->rule_version == 0)
        return rule_of_body(work);
    if (facts->rule_purpose.at == NULL)
        return work_refuse(work, "/rule_version", "not-found");
    work->plan->purpose = facts->rule_purpose;
    work->rule = (struct distribution_rule){facts->steps, facts->steps_count};
    if (text_equal(facts->rule_purpose, TEXT("sale")))
        work->rule = distribution_rule_of_sale(work->request->arena, facts->rule_kind, facts->retain_ppm);
    return PROBLEM_NONE;
}

/* ---- What was told ---- */
static size_t entry_members(const struct sharing_facts *facts, const struct sharing_entry *entry)
{
    size_t found = 0;
    for (size_t i = 0; i < facts->members_count; i++)
        found += facts->members[i].entered && uuid_equal(facts->members[i].of.household_id, entry->household_id.id);
    return found;
}

static void entries_check(const struct sharing_work *work)
{
    const struct sharing_body *body = work->body;
    for (size_t i = 0; i < body->entries_count; i++) {
        text pointer = text_format(work->request->arena, "/entries/%zu/household_id", i);
        size_t found = entry_members(work->facts, &body->entries[i]);
        if (found != 1)
            problems_add(work->problems, pointer, found == 0 ? "not-found" : "repeated", TEXT_NONE);
    }
}

static bool is_asked(const struct sharing_work *work, const char *base)
{
    return distribution_rule_asks(&work->rule, text_from(base));
}

static enum problem pool_read(const struct sharing_work *work, struct distribution_pool *pool)
{
    const struct sharing_body *body = work->body;
    if (is_asked(work, "pool") && body->pool_fen == 0)
        problems_add(work->problems, TEXT("/pool_fen"), "required", TEXT_NONE);
    if (is_asked(work, "income") && body->income_fen == 0)
        problems_add(work->problems, TEXT("/income_fen"), "required", TEXT_NONE);
    entries_check(work);
    *pool = (struct distribution_pool){
        .open = body->pool_fen == 0, .pool_fen = body->pool_fen, .income_fen = body->income_fen};
    return work->problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}

/* ---- What comes out ---- */
static const struct sharing_member *member_find(const struct sharing_facts *facts, uuid household_id)
{
    for (size_t i = 0; i < facts->members_count; i++)
        if (uuid_equal(facts->members[i].of.household_id, household_id))
            return &facts->members[i];
    must_failed("a line of a member", __FILE__, __LINE__);
}

static void lines_fill(const struct sharing_work *work, const struct distribution *result)
{
    struct sharing_plan *plan = work->plan;
    plan->lines = arena_alloc_items(work->request->arena, result->lines_count, sizeof *plan->lines);
    for (size_t i = 0; i < result->lines_count; i++) {
        const struct distribution_line *line = &result->lines[i];
        const struct sharing_member *member = member_find(work->facts, line->household_id);
        plan->lines[plan->lines_count++] = (struct sharing_line){
            .household_id = county_id_of(work->facts->county, line->household_id),
            .name = member->name,
            .card_number = member->card_number,
            .area_code = line->area_code,
            .area_name = member->area_name,
            .shares = member->of.shares,
            .heads = member->of.heads,
            .units_hundredths = member->of.units_hundredths,
            .grade = member->of.grade,
            .rate_fen = member->of.rate_fen,
            .amount_fen = line->amount_fen,
            .parts = line->parts,
            .parts_count = line->parts_count,
        };
        plan->households_count += line->amount_fen > 0;
    }
}

static const struct sharing_collective *collective_find(const struct sharing_facts *facts, text area_code)
{
    for (size_t i = 0; i < facts->collectives_count; i++)
        if (text_equal(facts->collectives[i].area_code, area_code))
            return &facts->collectives[i];
    must_failed("each village of the members is among the facts", __FILE__, __LINE__);
}

static void villages_fill(const struct sharing_work *work, const struct distribution *result)
{
    struct sharing_plan *plan = work->plan;
    plan->villages = arena_alloc_items(work->request->arena, result->villages_count, sizeof *plan->villages);
    for (size_t i = 0; i < result->villages_count; i++) {
        const struct distribution_village *village = &result->villages[i];
        const struct sharing_collective *collective = collective_find(work->facts, village->area_code);
        plan->villages[plan->villages_count++] = (struct sharing_village){
            .area_code = village->area_code,
            .area_name = collective->area_name,
            .name = collective->name,
            .supplier_id = collective->supplier_id,
            .received_fen = village->received_fen,
            .kept_fen = village->kept_fen,
        };
    }
}

static void plan_fill(const struct sharing_work *work, const struct distribution_pool *pool,
                      const struct distribution *result)
{
    struct sharing_plan *plan = work->plan;
    plan->income_kind = income_kind_of(plan->purpose);
    plan->pool_fen = result->pool_fen;
    plan->income_fen = pool->income_fen;
    plan->organisation_fen = result->organisation_fen;
    plan->villages_fen = result->villages_fen;
    plan->households_fen = result->households_fen;
    plan->short_fen = result->short_fen;
    plan->steps = result->steps;
    plan->steps_count = result->steps_count;
    lines_fill(work, result);
    villages_fill(work, result);
}

static enum problem work_evaluate(struct sharing_work *work)
{
    const struct sharing_facts *facts = work->facts;
    struct arena *arena = work->request->arena;
    struct distribution_member *members = arena_alloc_items(arena, facts->members_count, sizeof *members);
    struct distribution_pool pool;
    struct distribution result;
    enum problem problem = rule_choose(work);
    if (problem == PROBLEM_NONE)
        problem = pool_read(work, &pool);
    if (problem != PROBLEM_NONE)
        return problem;
    for (size_t i = 0; i < facts->members_count; i++)
        members[i] = facts->members[i].of;
    problem = distribution_evaluate(arena, &work->rule, &pool, members, facts->members_count, &result);
    if (problem == PROBLEM_NONE)
        plan_fill(work, &pool, &result);
    return problem;
}

enum problem sharing_evaluate_decide(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems)
{
    struct sharing_work work = {
        .request = request, .body = request->body, .facts = facts, .plan = plan, .problems = problems};
    return work_evaluate(&work);
}

/* ---- What may be proposed ---- */
static money shared_out(const struct sharing_plan *plan)
{
    return plan->households_fen + plan->villages_fen;
}

static void source_check(const struct sharing_work *work)
{
    bool by_payer = text_equal(work->body->source, TEXT("subsidy")), told = work->body->payer_id.county[0] != 0;
    if (by_payer && !told)
        (void)work_refuse(work, "/payer_id", "required");
    if (told && !by_payer)
        (void)work_refuse(work, "/payer_id", "not-for-this-step");
    if (told && !work->facts->payer_found)
        (void)work_refuse(work, "/payer_id", "not-found");
    if (text_equal(work->body->source, TEXT("retained")) && work->facts->available_fen < shared_out(work->plan))
        problems_add(work->problems, TEXT("/source"), "pool-too-small",
                     money_format_yuan(work->request->arena, work->facts->available_fen));
}

static void villages_check(const struct sharing_work *work)
{
    for (size_t i = 0; i < work->plan->villages_count; i++)
        if (work->plan->villages[i].kept_fen > 0 && uuid_is_zero(work->plan->villages[i].supplier_id))
            problems_add(work->problems, TEXT("/rule_version"), "no-collective", work->plan->villages[i].area_name);
}

static void promise_check(const struct sharing_work *work)
{
    const struct sharing_plan *plan = work->plan;
    if (plan->short_fen > 0)
        problems_add(work->problems, TEXT("/pool_fen"), "pool-too-small",
                     money_format_yuan(work->request->arena, plan->short_fen));
    if (shared_out(plan) == 0)
        (void)work_refuse(work, "/entries", "nothing-to-share");
    if (text_equal(plan->purpose, TEXT("sale")))
        (void)work_refuse(work, "/rule_version", "not-for-this-step");
    if (work->facts->rule_purpose.at != NULL && !work->facts->rule_in_force)
        (void)work_refuse(work, "/rule_version", "wrong-state");
    if (work->body->to_on < work->body->from_on)
        (void)work_refuse(work, "/to_on", "below-min");
}

enum problem sharing_propose_decide(const struct request *request, const void *facts_, void *plan_,
                                    struct problems *problems)
{
    const struct sharing_facts *facts = facts_;
    struct sharing_plan *plan = plan_;
    struct sharing_work work = {
        .request = request, .body = request->body, .facts = facts, .plan = plan, .problems = problems};
    enum problem problem = work_evaluate(&work);
    if (problem != PROBLEM_NONE)
        return problem;
    plan->distribution_id = county_id_of(facts->county, request->new_id);
    plan->state = TEXT("proposed");
    promise_check(&work);
    source_check(&work);
    villages_check(&work);
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}
