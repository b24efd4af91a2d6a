/* What a provider's word about a refund means: done or failed, once; what was done leaves the books. Each of its transactions moved money:
   one more than was on its way is owed back, so that what we promised other buyers never pays for it. */
#include "orders/callback.h"

const struct field refunded_facts_fields[] = {
    FIELD(refunded_facts, payment_reference, FIELD_TEXT),
    FIELD(refunded_facts, refund_state, FIELD_TEXT),
    FIELD(refunded_facts, amount_fen, FIELD_FEN),
    FIELD(refunded_facts, county, FIELD_TEXT, .optional = true),
    FIELD(refunded_facts, order_id, FIELD_UUID, .optional = true),
    FIELD(refunded_facts, area_code, FIELD_TEXT, .optional = true),
    FIELD(refunded_facts, is_given, FIELD_BOOL),
    FIELD(refunded_facts, movement_id, FIELD_UUID),
    FIELD(refunded_facts, known_result, FIELD_TEXT, .optional = true),
    FIELDS_END,
};

/* A refund of no order never entered the books: its payment was not applied. */
static enum problem refund_post(struct planning *planning, const struct refunded_facts *facts, uuid refund_id)
{
    struct transfer_plan transfer;
    if (uuid_is_zero(facts->order_id))
        return PROBLEM_NONE;
    uuid id = id_run_next(&planning->ids);
    enum problem problem = facts->is_given ? ledger_refund_repeated(planning->arena, id, facts->movement_id,
                                                                    facts->order_id, facts->amount_fen, &transfer)
                                           : ledger_refund_done(planning->arena, id, refund_id, facts->order_id,
                                                                facts->amount_fen, &transfer);
    if (problem == PROBLEM_NONE)
        plan_transfer(planning, facts->county, &transfer);
    return problem;
}

/* Money the buyer was promised and has not got, or got twice: a person must look. */
static void refund_finding(struct planning *planning, const struct refunded_facts *facts, text rule)
{
    if (uuid_is_zero(facts->order_id))
        return;
    *PLAN_ADD(planning, findings) = (struct planned_finding){
        .county = facts->county,
        .finding_id = id_run_next(&planning->ids),
        .class = TEXT("not_reconciled"),
        .rule = rule,
        .area_code = facts->area_code,
        .subject_kind = TEXT("orders"),
        .subject_id = facts->order_id,
        .detail = text_format(planning->arena, "{\"amount_fen\":%lld}", (long long)facts->amount_fen),
    };
}

enum problem refunded_decide(const struct request *request, const void *facts_, void *plan, struct problems *problems)
{
    const struct payment_notice *notice = request->body;
    const struct refunded_facts *facts = facts_;
    struct planning planning = {.arena = request->arena, .plan = plan, .ids = {.base = request->new_id}};
    uuid refund_id;
    if (facts->known_result.at != NULL) {
        planning.plan->result = facts->known_result;
        return PROBLEM_NONE;
    }
    if (notice->amount_fen != facts->amount_fen) {
        problems_add(problems, TEXT("/amount_fen"), "conflict", TEXT_NONE);
        return PROBLEM_CONFLICT;
    }
    bool done = text_equal(notice->outcome, TEXT("succeeded"));
    bool was_done = text_equal(facts->refund_state, TEXT("done"));
    bool repeated = done && facts->is_given;
    planning.plan->result = repeated ? TEXT("refund_repeated") : done ? TEXT("refund_done") : TEXT("refund_failed");
    *PLAN_ADD(&planning, transactions) = (struct provider_transaction){
        .provider = request->parameter(request, "provider"),
        .transaction_id = notice->transaction_id,
        .reference = notice->reference,
        .kind = TEXT("refund"),
        .result = planning.plan->result,
        .amount_fen = notice->amount_fen,
        .happened_at = notice->happened_at,
        .payment_state = was_done ? TEXT_NONE
                         : done   ? TEXT("done")
                                  : TEXT("failed"),
    };
    if (repeated)
        refund_finding(&planning, facts, TEXT("refunded_twice"));
    if (!done && !facts->is_given)
        refund_finding(&planning, facts, TEXT("refund_failed"));
    if (!done)
        return PROBLEM_NONE;
    must(uuid_parse(notice->reference, &refund_id));
    return refund_post(&planning, facts, refund_id);
}
