/* From an approved distribution to dues: owed once another person agrees, payable once the money is there. Pure. */
#include "incomes.h"

static const struct account clearing = {.kind = ACCOUNT_GATEWAY_CLEARING};

struct shared_work {
    const struct request *request;
    const struct shared_facts *facts;
    struct shared_plan *plan;
};

static money lines_sum(const struct shared_facts *facts)
{
    money sum = 0;
    for (size_t i = 0; i < facts->lines_count; i++)
        must(money_plus(sum, facts->lines[i].amount_fen, &sum));
    return sum;
}

static void due_add(const struct shared_work *work, text payee_kind, uuid payee_id, text income_kind, money amount)
{
    struct shared_plan *plan = work->plan;
    plan->dues[plan->dues_count] = (struct shared_due){
        .due_id = uuid_nth(work->request->new_id, (uint32_t)plan->dues_count + 8),
        .payee_id = payee_id,
        .payee_kind = payee_kind,
        .source_kind = TEXT("distribution"),
        .income_kind = income_kind,
        .amount_fen = amount,
    };
    plan->dues_count++;
}

/* A collective's part is no household's income. */
static void dues_add(const struct shared_work *work)
{
    const struct shared_facts *facts = work->facts;
    work->plan->dues = arena_alloc_items(work->request->arena, facts->lines_count + 1, sizeof *work->plan->dues);
    for (size_t i = 0; i < facts->lines_count; i++) {
        const struct shared_line *line = &facts->lines[i];
        bool household = text_equal(line->payee_kind, TEXT("household"));
        due_add(work, line->payee_kind, line->payee_id, household ? facts->income_kind : TEXT("other"),
                line->amount_fen);
    }
}

static enum problem transfer_add(const struct shared_work *work, enum problem problem,
                                 const struct transfer_plan *transfer)
{
    if (problem == PROBLEM_NONE)
        work->plan->transfers[work->plan->transfers_count++] =
            county_transfer_of(text_from(work->facts->distribution_id.county), transfer);
    return problem;
}

/* Moves the money from where it stands to everyone who is owed some of it. */
static enum problem post_due(const struct shared_work *work, struct account from)
{
    const struct shared_facts *facts = work->facts;
    struct arena *arena = work->request->arena;
    struct ledger_due *dues = arena_alloc_items(arena, facts->lines_count, sizeof *dues);
    struct transfer_plan transfer;
    for (size_t i = 0; i < facts->lines_count; i++)
        dues[i] = (struct ledger_due){{account_kind_from(facts->lines[i].account), facts->lines[i].payee_id},
                                      facts->lines[i].amount_fen};
    enum problem problem = ledger_income_due(arena, work->request->new_id, facts->distribution_id.id, from, dues,
                                             facts->lines_count, &transfer);
    return transfer_add(work, problem, &transfer);
}

static void plan_begin(const struct shared_work *work, const char *state)
{
    struct shared_plan *plan = work->plan;
    plan->county = text_from(work->facts->distribution_id.county);
    plan->distribution_id = work->facts->distribution_id.id;
    plan->state = text_from(state);
    plan->transfers = arena_alloc_items(work->request->arena, 2, sizeof *plan->transfers);
}

/* What the organisation was owed and gives on is taken off by a negative due, so that it is not paid out twice. */
static enum problem give_retained(const struct shared_work *work)
{
    const struct shared_facts *facts = work->facts;
    money sum = lines_sum(facts);
    if (facts->available_fen < sum)
        return PROBLEM_CONFLICT;
    work->plan->payable = true;
    work->plan->retained_by = facts->supplier_id;
    work->plan->retained_fen = sum;
    due_add(work, TEXT("supplier"), facts->supplier_id, TEXT("other"), -sum);
    return post_due(work, (struct account){account_kind_from(facts->account), facts->supplier_id});
}

enum problem shared_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct shared_facts *facts = facts_;
    const struct shared_body *body = request->body;
    struct shared_work work = {.request = request, .facts = facts, .plan = plan_};
    (void)problems;
    if (facts->is_own)
        return PROBLEM_OWN_ENTRY;
    if (!text_equal(facts->state, TEXT("proposed")))
        return PROBLEM_WRONG_STATE;
    bool retained = text_equal(facts->source, TEXT("retained"));
    plan_begin(&work, !body->accepted ? "refused" : retained ? "funded" : "approved");
    if (!body->accepted)
        return PROBLEM_NONE;
    dues_add(&work);
    return retained ? give_retained(&work) : PROBLEM_NONE;
}

/* A payer's money passes through its own account, so that what it promised and what it paid can be told apart. */
static enum problem post_subsidy(const struct shared_work *work)
{
    const struct shared_facts *facts = work->facts;
    struct account payer = {ACCOUNT_SUBSIDY, facts->payer_id};
    struct transfer_plan received;
    enum problem problem = ledger_money_received(work->request->arena, uuid_nth(work->request->new_id, 1),
                                                 facts->distribution_id.id, payer, lines_sum(facts), &received);
    problem = transfer_add(work, problem, &received);
    return problem == PROBLEM_NONE ? post_due(work, payer) : problem;
}

enum problem shared_fund_decide(const struct request *request, const void *facts_, void *plan_,
                                struct problems *problems)
{
    const struct shared_facts *facts = facts_;
    struct shared_work work = {.request = request, .facts = facts, .plan = plan_};
    (void)problems;
    if (!text_equal(facts->state, TEXT("approved")))
        return PROBLEM_WRONG_STATE;
    plan_begin(&work, "funded");
    work.plan->payable = true;
    return text_equal(facts->source, TEXT("subsidy")) ? post_subsidy(&work) : post_due(&work, clearing);
}
