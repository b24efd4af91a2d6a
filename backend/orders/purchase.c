/* Paying for a purchase and cancelling it before it is paid. The purchase's row arbitrates; apply fails if another was first. */
#include "orders/purchase.h"
#include "payments.h"

const struct field pay_body_fields[] = {
    FIELD(pay_body, provider, FIELD_TEXT, .min = 1, .max = 20, .optional = true),
    FIELDS_END,
};
const struct field pay_facts_fields[] = {
    FIELD(pay_facts, purchase_id, FIELD_UUID),    FIELD(pay_facts, buyer_id, FIELD_UUID, .optional = true),
    FIELD(pay_facts, state, FIELD_TEXT),          FIELD(pay_facts, total_fen, FIELD_FEN),
    FIELD(pay_facts, deadline_at, FIELD_INSTANT), FIELDS_END,
};
const struct field pay_plan_fields[] = {
    FIELD(pay_plan, purchase_id, FIELD_UUID), FIELD(pay_plan, buyer_id, FIELD_UUID, .optional = true),
    FIELD(pay_plan, provider, FIELD_TEXT),    FIELD(pay_plan, reference, FIELD_TEXT),
    FIELD(pay_plan, amount_fen, FIELD_FEN),   FIELDS_END,
};
const struct field pay_answer_fields[] = {
    FIELD(pay_plan, purchase_id, FIELD_UUID), FIELD(pay_plan, provider, FIELD_TEXT),
    FIELD(pay_plan, reference, FIELD_TEXT),   FIELD(pay_plan, pay_url, FIELD_TEXT),
    FIELD(pay_plan, amount_fen, FIELD_FEN),   FIELDS_END,
};
const struct field cancel_facts_fields[] = {
    FIELD(cancel_facts, purchase_id, FIELD_UUID),
    FIELD(cancel_facts, state, FIELD_TEXT),
    FIELD_ITEMS(cancel_facts, reservations, reservation, reservation_fields),
    FIELDS_END,
};
const struct field cancel_plan_fields[] = {
    FIELD_ITEMS(cancel_plan, reservations, reservation, reservation_fields),
    FIELDS_END,
};
const struct field cancel_answer_fields[] = {
    FIELD(cancel_plan, purchase_id, FIELD_UUID),
    FIELD(cancel_plan, state, FIELD_TEXT),
    FIELDS_END,
};

enum problem purchase_pay_decide(const struct request *request, const void *facts_, void *plan_,
                                 struct problems *problems)
{
    const struct pay_body *body = request->body;
    const struct pay_facts *facts = facts_;
    struct pay_plan *plan = plan_;
    const struct payment_provider *provider = payment_provider_find(body->provider);
    if (provider == NULL) {
        problems_add(problems, TEXT("/provider"), "not-found", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    if (!text_equal(facts->state, TEXT("awaiting_payment")) || facts->deadline_at <= request->now)
        return PROBLEM_WRONG_STATE;
    *plan = (struct pay_plan){
        .purchase_id = facts->purchase_id,
        .buyer_id = facts->buyer_id,
        .provider = text_from(provider->name),
        .reference = uuid_format(request->arena, request->new_id),
        .amount_fen = facts->total_fen,
    };
    plan->pay_url = provider->pay_url(request->arena, plan->reference);
    return PROBLEM_NONE;
}

enum problem purchase_cancel_decide(const struct request *request, const void *facts_, void *plan_,
                                    struct problems *problems)
{
    const struct cancel_facts *facts = facts_;
    struct cancel_plan *plan = plan_;
    (void)request;
    (void)problems;
    if (!text_equal(facts->state, TEXT("awaiting_payment")))
        return PROBLEM_WRONG_STATE;
    plan->purchase_id = facts->purchase_id;
    plan->state = TEXT("cancelled");
    plan->reservations = facts->reservations;
    plan->reservations_count = facts->reservations_count;
    return PROBLEM_NONE;
}
