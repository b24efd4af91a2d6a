/* How the price of one pack splits, by the very functions that will split it once it is paid. Never a second formula. */
#include "attribution/anatomy.h"

/* What the farm-gate price alone owes for what serves the pack; a mere share guarantees nothing. */
static enum problem minimum_add(const struct allocation *allocation, money *minimum)
{
    struct contribution_left terms = *allocation->contribution;
    if (text_equal(terms.mode, TEXT("bought")) || text_equal(terms.price_rule, TEXT("share")))
        return PROBLEM_NONE;
    terms.price_rule = TEXT("farm_gate");
    money owed;
    enum problem problem = attribution_due(&terms, allocation->from_qty, allocation->quantity_qty, 0, &owed);
    if (problem != PROBLEM_NONE)
        return problem;
    return money_plus(*minimum, owed, minimum) ? PROBLEM_NONE : PROBLEM_OVERFLOW;
}

/* No sum can overflow: each stays within the price times its few rows. */
static void row_add_up(struct offer_anatomy *anatomy, const struct attribution *row)
{
    anatomy->due_fen += row->due_fen;
    anatomy->household_due_fen += uuid_is_zero(row->household_id) ? 0 : row->due_fen;
    anatomy->fee_fen += row->fee_fen;
    anatomy->shop_freight_fen += row->freight_fen;
    anatomy->margin_fen += row->margin_fen;
    anatomy->goods_cost_fen += row->goods_cost_fen;
}

static enum problem offer_split(const struct request *request, struct id_run *ids, const struct anatomy_facts *facts,
                                const struct offer_in_line *offer, struct anatomy_plan *plan)
{
    const struct paid_line line = {.packs = 1,
                                   .pack_qty = offer->pack_qty,
                                   .line_gross_fen = offer->price_fen,
                                   .platform_fee_ppm = offer->platform_fee_ppm};
    struct served_line served;
    struct attribution *rows;
    size_t rows_count;
    struct offer_anatomy anatomy = {.offer_id = offer->offer_id, .price_fen = offer->price_fen};
    enum problem problem = attribution_allocate(request->arena, ids, &line, 1, offer->lots, offer->lots_count, &served);
    if (problem != PROBLEM_NONE || served.served_packs == 0)
        return problem;
    problem = attribution_attribute(request->arena, ids, &served, request->now, facts->suppliers,
                                    facts->suppliers_count, &rows, &rows_count);
    for (size_t i = 0; problem == PROBLEM_NONE && i < served.allocations_count; i++)
        problem = minimum_add(&served.allocations[i], &anatomy.guaranteed_minimum_fen);
    if (problem != PROBLEM_NONE)
        return problem;
    for (size_t i = 0; i < rows_count; i++)
        row_add_up(&anatomy, &rows[i]);
    plan->offers[plan->offers_count++] = anatomy;
    return PROBLEM_NONE;
}

enum problem anatomy_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    (void)problems;
    const struct anatomy_facts *facts = facts_;
    struct anatomy_plan *plan = plan_;
    struct id_run ids = {.base = request->new_id};
    enum problem problem = PROBLEM_NONE;
    plan->product_id = facts->product_id;
    plan->offers = arena_alloc_items(request->arena, facts->offers_count, sizeof *plan->offers);
    for (size_t i = 0; problem == PROBLEM_NONE && i < facts->offers_count; i++)
        problem = offer_split(request, &ids, facts, &facts->offers[i], plan);
    return problem;
}
