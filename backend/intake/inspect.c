/* Inspection: a second pair of eyes between the counter and the shelf. */
#include "base.h"
#include "intake.h"

static void inspection_enter_stock(const struct request *request, const struct inspection_facts *facts,
                                   struct inspection_plan *plan)
{
    plan->adjustments = arena_alloc(request->arena, sizeof *plan->adjustments);
    plan->adjustments_count = 1;
    plan->adjustments[0] = (struct stock_adjustment){
        .county = request->parameter(request, "lot_county"),
        .grade = facts->grade,
        .product_id = facts->product_id,
        .place_id = facts->place_id,
        .change_qty = facts->on_hand_qty,
    };
}

enum problem inspection_decide(const struct request *request, const void *facts_, void *plan_,
                               struct problems *problems)
{
    const struct inspection_body *body = request->body;
    const struct inspection_facts *facts = facts_;
    struct inspection_plan *plan = plan_;
    uuid lot_id;

    (void)problems;
    if (facts->own_entry)
        return PROBLEM_OWN_ENTRY;
    if (!text_equal(facts->inspection, TEXT("waiting")))
        return PROBLEM_WRONG_STATE;
    must(uuid_parse(request->parameter(request, "lot_id"), &lot_id));
    plan->lot_id = county_id_of(request->parameter(request, "lot_county"), lot_id);
    plan->inspection = body->result;
    plan->on_hand_qty = facts->on_hand_qty;
    plan->lot_version = facts->version;
    plan->version = facts->version + 1;
    if (text_equal(body->result, TEXT("passed")) && !facts->expired && facts->on_hand_qty > 0)
        inspection_enter_stock(request, facts, plan);
    return PROBLEM_NONE;
}
