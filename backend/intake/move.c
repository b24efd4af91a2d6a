/* Stocktake, loss and withdrawal: the lot's identity taken_in = sold + on_hand + lost + withdrawn holds by construction. */
#include "base.h"
#include "intake.h"

/* What leaves the lot; negative when goods are found again. */
static enum problem move_taken(const struct move_body *body, const struct move_facts *facts, qty *taken)
{
    if (text_equal(body->kind, TEXT("stocktake")))
        *taken = facts->on_hand_qty - body->quantity_qty;
    else
        *taken = body->quantity_qty;
    if (*taken > facts->on_hand_qty)
        return PROBLEM_OUT_OF_STOCK;
    return PROBLEM_NONE;
}

/* Loss falls on what each contribution has left; goods found return to what each had given. */
static void move_split(const struct move_facts *facts, struct move_plan *plan, struct arena *arena)
{
    int64_t *weights = arena_alloc_items(arena, facts->balances_count, sizeof *weights);
    money *parts = arena_alloc_items(arena, facts->balances_count, sizeof *parts);
    bool found = plan->taken_qty < 0;

    for (size_t i = 0; i < facts->balances_count; i++)
        weights[i] =
            found ? facts->balances[i].quantity_qty - facts->balances[i].left_qty : facts->balances[i].left_qty;
    must(money_split(plan->taken_qty, weights, facts->balances_count, parts));
    plan->balances = arena_alloc_items(arena, facts->balances_count, sizeof *plan->balances);
    for (size_t i = 0; i < facts->balances_count; i++) {
        if (parts[i] == 0)
            continue;
        plan->balances[plan->balances_count++] = (struct balance_taken){
            .contribution_id = facts->balances[i].contribution_id,
            .left_qty = facts->balances[i].left_qty,
            .taken_qty = parts[i],
        };
    }
}

/* Only passed, unexpired goods are in stock. */
static void move_adjust(const struct move_facts *facts, struct move_plan *plan, struct arena *arena)
{
    if (!text_equal(facts->inspection, TEXT("passed")) || facts->expired || plan->taken_qty == 0)
        return;
    plan->adjustments = arena_alloc(arena, sizeof *plan->adjustments);
    plan->adjustments_count = 1;
    plan->adjustments[0] = (struct stock_adjustment){
        .county = text_from(plan->lot_id.county),
        .grade = facts->grade,
        .product_id = facts->product_id,
        .place_id = facts->place_id,
        .change_qty = -plan->taken_qty,
    };
}

enum problem lot_move_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct move_body *body = request->body;
    const struct move_facts *facts = facts_;
    struct move_plan *plan = plan_;
    uuid lot_id;
    enum problem problem = move_taken(body, facts, &plan->taken_qty);
    bool withdrawn = text_equal(body->kind, TEXT("withdrawal"));

    if (problem != PROBLEM_NONE) {
        problems_add(problems, TEXT("/quantity_qty"), "more-than-left",
                     text_format(request->arena, "%lld", (long long)facts->on_hand_qty));
        return problem;
    }
    if (text_equal(facts->inspection, TEXT("rejected")))
        return PROBLEM_WRONG_STATE;
    if (plan->taken_qty < 0 && -plan->taken_qty > facts->lost_qty) {
        problems_add(problems, TEXT("/quantity_qty"), "more-than-lost",
                     text_format(request->arena, "%lld", (long long)facts->lost_qty));
        return PROBLEM_INVALID;
    }
    must(uuid_parse(request->parameter(request, "lot_id"), &lot_id));
    plan->lot_id = county_id_of(request->parameter(request, "lot_county"), lot_id);
    plan->kind = plan->taken_qty < 0 ? TEXT("found") : withdrawn ? TEXT("withdrawal") : TEXT("loss");
    plan->version = facts->version;
    plan->on_hand_qty = facts->on_hand_qty;
    plan->lost_qty = withdrawn ? 0 : plan->taken_qty;
    plan->withdrawn_qty = withdrawn ? plan->taken_qty : 0;
    plan->left_after_qty = facts->on_hand_qty - plan->taken_qty;
    if (plan->taken_qty != 0)
        move_split(facts, plan, request->arena);
    move_adjust(facts, plan, request->arena);
    return PROBLEM_NONE;
}
