/* What the bank said of a batch's items, turned into postings. Results that say nothing new change nothing. */
#include "payouts.h"

/* What a result does to an item. Nothing was posted for an approved item, so its return needs no posting either. */
static const struct transition {
    const char *from, *result;
    enum problem (*post)(struct arena *arena, const struct payout *event, struct transfer_plan *plan);
} transitions[] = {
    {"approved", "paid", ledger_payout_paid},
    {"approved", "returned", NULL},
    {"paid", "returned", ledger_payout_returned},
};
enum { TRANSITIONS_COUNT = sizeof transitions / sizeof transitions[0] };

struct county_transfer county_transfer_of(text county, const struct transfer_plan *plan)
{
    return (struct county_transfer){
        .county = county,
        .transfer_id = plan->transfer_id,
        .kind = plan->kind,
        .reference = plan->reference,
        .entries = plan->entries,
        .entries_count = plan->entries_count,
    };
}

static const struct transition *transition_find(text from, text result)
{
    for (size_t i = 0; i < TRANSITIONS_COUNT; i++)
        if (text_equal(text_from(transitions[i].from), from) && text_equal(text_from(transitions[i].result), result))
            return &transitions[i];
    return NULL;
}

static money smaller(money a, money b)
{
    return a < b ? a : b;
}

void payout_net(const struct item_facts *item, struct payout *payout)
{
    money spare = item->balance_fen - item->amount_fen;
    if (!text_equal(item->account, TEXT("shop")) || spare <= 0)
        return;
    payout->bought_netted_fen = smaller(spare, item->bought_fen > 0 ? item->bought_fen : 0);
    spare -= payout->bought_netted_fen;
    payout->receivable_netted_fen = smaller(spare, item->receivable_fen > 0 ? item->receivable_fen : 0);
}

static const struct item_facts *item_find(const struct results_facts *facts, uuid item_id)
{
    for (size_t i = 0; i < facts->items_count; i++)
        if (uuid_equal(facts->items[i].item_id, item_id))
            return &facts->items[i];
    return NULL;
}

static bool was_given_before(const struct results_body *body, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (uuid_equal(body->items[i].item_id.id, body->items[at].item_id.id))
            return true;
    return false;
}

/* NULL: nothing wrong with what was sent. */
static const char *result_fault(const struct request *request, const struct results_facts *facts,
                                const struct item_facts *item, size_t at, const char **field)
{
    const struct results_body *body = request->body;
    const struct result_given *given = &body->items[at];
    bool paid = text_equal(given->result, TEXT("paid"));
    const struct {
        const char *field, *code;
        bool wrong;
    } checks[] = {
        {"item_id", "duplicate-field", was_given_before(body, at)},
        {"result_on", "in-future", given->result_on > instant_business_day(request->now)},
        {"result_on", "before-approval", given->result_on < facts->approved_on},
        {"amount_fen", "amount-differs", given->amount_fen != 0 && given->amount_fen != item->amount_fen},
        {"evidence", "required", paid && given->evidence.length == 0},
        {"reason", "required", !paid && given->reason.length == 0},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        *field = checks[i].field;
        if (checks[i].wrong)
            return checks[i].code;
    }
    return NULL;
}

static enum problem refuse_result(struct arena *arena, struct problems *problems, enum problem problem, size_t at,
                                  const char *field, const char *code)
{
    problems_add(problems, text_format(arena, "/items/%zu/%s", at, field), code, TEXT_NONE);
    return problem;
}

static enum problem post(const struct request *request, const struct transition *transition,
                         const struct item_facts *item, size_t at, struct results_plan *plan)
{
    struct payout event = {
        .transfer_id = uuid_nth(request->new_id, (uint32_t)at + 1),
        .item_id = item->item_id,
        .payee = {account_kind_from(item->account), item->payee_id},
        .amount_fen = item->amount_fen,
    };
    struct transfer_plan transfer;
    must(event.payee.kind != ACCOUNT_KINDS_COUNT);
    if (transition->post == NULL)
        return PROBLEM_NONE;
    if (transition->post == ledger_payout_paid)
        payout_net(item, &event);
    enum problem problem = transition->post(request->arena, &event, &transfer);
    if (problem == PROBLEM_NONE)
        plan->transfers[plan->transfers_count++] =
            county_transfer_of(request->parameter(request, "batch_county"), &transfer);
    return problem;
}

static enum problem decide_result(const struct request *request, const struct results_facts *facts, size_t at,
                                  struct results_plan *plan, struct problems *problems)
{
    const struct results_body *body = request->body;
    const struct result_given *given = &body->items[at];
    const struct item_facts *item = item_find(facts, given->item_id.id);
    const char *field = "item_id", *fault = item == NULL ? "not-found" : result_fault(request, facts, item, at, &field);
    if (fault != NULL)
        return refuse_result(request->arena, problems, PROBLEM_INVALID, at, field, fault);
    if (text_equal(item->state, given->result))
        return PROBLEM_NONE;
    const struct transition *transition = transition_find(item->state, given->result);
    if (transition == NULL)
        return refuse_result(request->arena, problems, PROBLEM_WRONG_STATE, at, "result", "wrong-state");
    plan->results[plan->results_count++] = (struct item_result){
        .item_id = item->item_id,
        .from_state = item->state,
        .state = given->result,
        .result_on = given->result_on,
        .evidence = given->evidence,
        .reason = given->reason,
    };
    return post(request, transition, item, at, plan);
}

enum problem payout_results_decide(const struct request *request, const void *facts_, void *plan_,
                                   struct problems *problems)
{
    const struct results_body *body = request->body;
    const struct results_facts *facts = facts_;
    struct results_plan *plan = plan_;
    enum problem problem = PROBLEM_NONE;

    if (!text_equal(facts->state, TEXT("approved")) && !text_equal(facts->state, TEXT("paid")))
        return PROBLEM_WRONG_STATE;
    plan->results = arena_alloc_items(request->arena, body->items_count, sizeof *plan->results);
    plan->transfers = arena_alloc_items(request->arena, body->items_count, sizeof *plan->transfers);
    for (size_t i = 0; i < body->items_count; i++) {
        enum problem of_this = decide_result(request, facts, i, plan, problems);
        problem = problem == PROBLEM_NONE ? of_this : problem;
    }
    return problem;
}
