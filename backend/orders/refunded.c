/* What a provider's word about a refund means: done or failed, once; what was done leaves the books. */
#include "orders/callback.h"

const struct field refunded_facts_fields[] = {
    FIELD(refunded_facts, payment_reference, FIELD_TEXT),
    FIELD(refunded_facts, refund_state, FIELD_TEXT),
    FIELD(refunded_facts, amount_fen, FIELD_FEN),
    FIELD(refunded_facts, county, FIELD_TEXT, .optional = true),
    FIELD(refunded_facts, order_id, FIELD_UUID, .optional = true),
    FIELD(refunded_facts, area_code, FIELD_TEXT, .optional = true),
    FIELD(refunded_facts, known_result, FIELD_TEXT, .optional = true),
    FIELDS_END,
};

/* A refund of no order never entered the books: its payment was not applied. */
static enum problem refund_post(struct planning *planning, const struct refunded_facts *facts, uuid refund_id)
{
    struct transfer_plan transfer;
    if (uuid_is_zero(facts->order_id))
        return PROBLEM_NONE;
    enum problem problem = ledger_refund_done(planning->arena, id_run_next(&planning->ids), refund_id, facts->order_id,
                                              facts->amount_fen, &transfer);
    if (problem == PROBLEM_NONE)
        plan_transfer(planning, facts->county, &transfer);
    return problem;
}

/* Money the buyer was promised and has not got: a person must look. */
static void refund_failed_finding(struct planning *planning, const struct refunded_facts *facts)
{
    if (uuid_is_zero(facts->order_id))
        return;
    *PLAN_ADD(planning, findings) = (struct planned_finding){
        .county = facts->county,
        .finding_id = id_run_next(&planning->ids),
        .class = TEXT("not_reconciled"),
        .rule = TEXT("refund_failed"),
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
    planning.plan->result = done ? TEXT("refund_done") : TEXT("refund_failed");
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
    if (!done && !was_done)
        refund_failed_finding(&planning, facts);
    if (!done || was_done)
        return PROBLEM_NONE;
    must(uuid_parse(notice->reference, &refund_id));
    return refund_post(&planning, facts, refund_id);
}
