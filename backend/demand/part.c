/* An approved part of a purchase list becomes a purchase: the same checkout as everybody's, bought for the requester at the prices the
   approver signed. The budget is held by the statements around it. */
#include "demand/part.h"

static const struct field line_fields[] = {
    FIELD(checkout_line, offer_id, FIELD_COUNTY_ID),
    FIELD(checkout_line, packs, FIELD_COUNT),
    FIELD(checkout_line, price_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field part_facts_fields[] = {
    FIELD(part_facts, problem, FIELD_TEXT, .optional = true),
    FIELD(part_facts, buyer_id, FIELD_UUID),
    FIELD_ITEMS(part_facts, lines, checkout_line, line_fields),
    FIELD(part_facts, checkout, FIELD_OBJECT, .fields = checkout_facts_fields),
    FIELDS_END,
};

enum problem part_order_decide(const struct request *request, const void *facts_, void *plan_,
                               struct problems *problems)
{
    const struct part_facts *facts = facts_;
    struct checkout_plan *plan = plan_;
    struct checkout_body body = {.lines = facts->lines, .lines_count = facts->lines_count};
    struct checkout_facts checkout = facts->checkout;
    struct request asked = *request;
    if (facts->problem.at != NULL)
        return PROBLEM_WRONG_STATE;
    asked.body = &body;
    checkout.payment_deadline_s =
        checkout.phone_deadline_s; /* a cashier's office pays within a day, not within minutes */
    enum problem problem = checkout_decide(&asked, &checkout, plan, problems);
    plan->buyer_id = facts->buyer_id;
    plan->channel = TEXT("contract");
    return problem;
}
