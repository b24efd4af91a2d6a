/* Giving money back for an order: a return that was accepted, or all of it before it is shipped. What is refunded so far is split anew
   and the difference posted. Goods return to their lots only when they are taken back in; dues already settled are not touched. */
#include "orders/refund.h"

struct refunding {
    struct planning planning;
    const struct refund_order *order;
    text cause;
    bool goods_back;
    struct attribution *rows; /* of all lines of this refund */
    size_t rows_count;
    money goods_fen, charged_fen;
    struct problems *problems;
};

/* ---- One line ---- */

/* What of a line was served, and of that given back before. */
struct line_past {
    money gross_fen, refunded_fen;
    int64_t refunded_packs;
};

static struct line_past past_of(const struct refund_line *line)
{
    struct line_past past = {0};
    for (size_t i = 0; i < line->sold_count; i++)
        past.gross_fen += line->sold[i].row.gross_fen;
    past.refunded_fen = line->refunded_fen - (line->line_gross_fen - past.gross_fen);
    past.refunded_packs = line->refunded_packs - (line->packs - line->served_packs);
    return past;
}

static enum problem refuse(struct refunding *refunding, text pointer, int64_t left)
{
    problems_add(refunding->problems, pointer, "more-than-bought",
                 text_format(refunding->planning.arena, "%lld", (long long)left));
    return PROBLEM_INVALID;
}

/* What the packs cost, less nothing twice; the last pack takes what is left of the line. */
static enum problem line_price(struct refunding *refunding, const struct refund_line *line,
                               const struct line_past *past, int64_t packs, money wished, money *fen)
{
    money before, after, left = past->gross_fen - past->refunded_fen;
    int64_t packs_left = line->served_packs - past->refunded_packs;
    if (packs > packs_left)
        return refuse(refunding, TEXT("/packs"), packs_left);
    if (!attribution_refund_of(past->gross_fen, line->served_packs, past->refunded_packs, &before) ||
        !attribution_refund_of(past->gross_fen, line->served_packs, past->refunded_packs + packs, &after))
        return PROBLEM_OVERFLOW;
    *fen = wished > 0 ? wished : after - before < left ? after - before : left;
    if (packs > 0 && packs == packs_left)
        *fen = left;
    if (wished > left || (wished > 0 && *fen != wished))
        return refuse(refunding, TEXT("/refund_fen"), left);
    return PROBLEM_NONE;
}

static const struct goods_source *source_of(const struct refund_line *line, uuid allocation_id)
{
    for (size_t i = 0; i < line->sources_count; i++)
        if (uuid_equal(line->sources[i].allocation_id, allocation_id))
            return &line->sources[i];
    must_failed("every sale row has the allocation it came from", __FILE__, __LINE__);
}

static struct planned_put *put_of(struct refunding *refunding, const struct refund_line *line,
                                  const struct goods_source *source)
{
    struct planning *planning = &refunding->planning;
    for (size_t i = 0; i < planning->plan->puts_count; i++)
        if (uuid_equal(planning->plan->puts[i].contribution_id, source->contribution_id))
            return &planning->plan->puts[i];
    struct planned_put *put = PLAN_ADD(planning, puts);
    *put = (struct planned_put){
        .county = text_from(refunding->order->order_id.county),
        .move_id = id_run_next(&planning->ids),
        .product_id = line->product_id,
        .grade = line->grade,
        .place_id = line->place_id,
        .lot_id = source->lot_id,
        .contribution_id = source->contribution_id,
        .sellable = source->sellable,
    };
    return put;
}

/* A negative allocation for each row that gives goods back. */
static void goods_put_back(struct refunding *refunding, const struct refund_line *line,
                           const struct refund_plan *refund, struct planned_tag *tag)
{
    struct planning *planning = &refunding->planning;
    tag->allocations = arena_alloc_items(planning->arena, refund->rows_count, sizeof *tag->allocations);
    for (size_t i = 0; i < refund->rows_count; i++) {
        const struct attribution *row = &refund->rows[i];
        if (row->quantity_qty == 0)
            continue;
        const struct goods_source *source = source_of(line, row->allocation_id);
        tag->allocations[tag->allocations_count++] = (struct allocation){
            .allocation_id = id_run_next(&planning->ids),
            .order_line_id = line->order_line_id,
            .lot_id = source->lot_id,
            .contribution_id = source->contribution_id,
            .quantity_qty = row->quantity_qty,
        };
        put_of(refunding, line, source)->quantity_qty -= row->quantity_qty;
    }
}

static void rows_keep(struct refunding *refunding, const struct refund_plan *refund)
{
    struct attribution *rows =
        arena_alloc_items(refunding->planning.arena, refunding->rows_count + refund->rows_count, sizeof *rows);
    if (refunding->rows_count > 0)
        memcpy(rows, refunding->rows, refunding->rows_count * sizeof *rows);
    if (refund->rows_count > 0)
        memcpy(rows + refunding->rows_count, refund->rows, refund->rows_count * sizeof *rows);
    refunding->rows = rows;
    refunding->rows_count += refund->rows_count;
    refunding->charged_fen += refund->charge_shop_fen;
}

static void line_write(struct refunding *refunding, const struct refund_line *line, int64_t packs, money fen,
                       money spared, const struct refund_plan *refund)
{
    struct planning *planning = &refunding->planning;
    text county = text_from(refunding->order->order_id.county);
    struct planned_tag tag = {.county = county,
                              .order_id = refunding->order->order_id.id,
                              .shop_id = refunding->order->shop_id,
                              .product_id = line->product_id,
                              .attributions = refund->rows,
                              .attributions_count = refund->rows_count};
    if (refunding->goods_back)
        goods_put_back(refunding, line, refund, &tag);
    *PLAN_ADD(planning, tagged) = tag;
    *PLAN_ADD(planning, line_states) = (struct planned_line_state){
        .county = county,
        .order_line_id = line->order_line_id,
        .served_packs = line->served_packs,
        .refunded_packs = line->refunded_packs + packs,
        .refunded_fen = line->refunded_fen + fen,
        .spared_fen = line->spared_fen + spared,
        .seen_refunded_fen = line->refunded_fen,
    };
    for (size_t i = 0; i < line->dues_count; i++)
        *PLAN_ADD(planning, dues_seen) =
            (struct seen_due){.county = county, .due_id = line->dues[i].due_id, .settled = line->dues[i].settled};
}

static enum problem line_refund(struct refunding *refunding, const struct refund_line *line, int64_t packs,
                                money wished)
{
    struct planning *planning = &refunding->planning;
    struct line_past past = past_of(line);
    struct refund_plan refund;
    money fen;
    enum problem problem = line_price(refunding, line, &past, packs, wished, &fen);
    if (problem != PROBLEM_NONE || (packs == 0 && fen == 0))
        return problem;
    money spared = packs == 0 && attribution_cause_spares_due(refunding->cause) ? fen : 0;
    problem = attribution_refund(planning->arena, &planning->ids,
                                 &(struct line_refund){.order_line_id = line->order_line_id,
                                                       .served_packs = line->served_packs,
                                                       .refunded_packs = past.refunded_packs + packs,
                                                       .refunded_fen = past.refunded_fen + fen,
                                                       .spared_fen = line->spared_fen + spared},
                                 line->sold, line->sold_count, &refund);
    if (problem != PROBLEM_NONE)
        return problem;
    must(refund.refund_fen == fen);
    rows_keep(refunding, &refund);
    line_write(refunding, line, packs, fen, spared, &refund);
    refunding->goods_fen += fen;
    return PROBLEM_NONE;
}

/* ---- The order ---- */

/* Everything went back and nobody is owed: the order ends here, there is nothing left to release. */
static bool is_whole(const struct refunding *refunding, money refunded)
{
    const struct refund_order *order = refunding->order;
    money due = 0;
    for (size_t i = 0; i < order->lines_count; i++)
        for (size_t j = 0; j < order->lines[i].sold_count; j++)
            due += order->lines[i].sold[j].row.due_fen - order->lines[i].sold[j].reversed_due_fen;
    for (size_t i = 0; i < refunding->rows_count; i++)
        due += refunding->rows[i].due_fen;
    return due == 0 && refunded == order->goods_fen + order->freight_fen;
}

static void settled_finding(struct refunding *refunding)
{
    struct planning *planning = &refunding->planning;
    const struct refund_order *order = refunding->order;
    if (refunding->charged_fen == 0)
        return;
    *PLAN_ADD(planning, findings) = (struct planned_finding){
        .county = text_from(order->order_id.county),
        .finding_id = id_run_next(&planning->ids),
        .class = TEXT("paid_then_refunded"),
        .rule = TEXT("due_settled_before_refund"),
        .area_code = order->area_code,
        .subject_kind = TEXT("orders"),
        .subject_id = order->order_id.id,
        .detail = text_format(planning->arena, "{\"charged_fen\":%lld}", (long long)refunding->charged_fen),
    };
}

static enum problem refund_post(struct refunding *refunding, money freight, bool released, uuid refund_id)
{
    struct planning *planning = &refunding->planning;
    const struct refund_order *order = refunding->order;
    struct refund_posted event = {.transfer_id = id_run_next(&planning->ids),
                                  .refund_id = refund_id,
                                  .order_id = order->order_id.id,
                                  .shop_id = order->shop_id,
                                  .released = released,
                                  .freight_fen = freight};
    struct transfer_plan transfer;
    enum problem problem = attribution_sum(planning->arena, refunding->rows, refunding->rows_count, &event.parts);
    if (problem == PROBLEM_NONE)
        problem = ledger_refund_posted(planning->arena, &event, &transfer);
    if (problem == PROBLEM_NONE)
        plan_transfer(planning, text_from(order->order_id.county), &transfer);
    return problem;
}

static money freight_left(const struct refund_order *order)
{
    money of_lines = 0;
    for (size_t i = 0; i < order->lines_count; i++)
        of_lines += order->lines[i].refunded_fen;
    return order->freight_fen - (order->refunded_fen - of_lines);
}

static enum problem order_refund(struct refunding *refunding, money freight)
{
    struct planning *planning = &refunding->planning;
    const struct refund_order *order = refunding->order;
    bool released = text_equal(order->state, TEXT("closed"));
    money total = refunding->goods_fen + freight;
    if (freight > freight_left(order))
        return refuse(refunding, TEXT("/freight_fen"), freight_left(order));
    if (total == 0)
        return refuse(refunding, TEXT("/refund_fen"), 0);
    if (order->payment_reference.at == NULL)
        return PROBLEM_WRONG_STATE;
    bool whole = !released && is_whole(refunding, order->refunded_fen + total);
    *PLAN_ADD(planning, states) = (struct planned_state){
        .county = text_from(order->order_id.county),
        .order_id = order->order_id.id,
        .from_state = order->state,
        .state = whole ? TEXT("refunded") : order->state,
        .refunded_fen = order->refunded_fen + total,
        .seen_refunded_fen = order->refunded_fen,
    };
    planning->plan->refund_fen = total;
    plan_dues(planning, &order->order_id, order->shop_id, TEXT("refund"),
              released ? TEXT("payable")
              : whole  ? TEXT("reversed")
                       : TEXT("expected"),
              refunding->rows, refunding->rows_count, -freight);
    settled_finding(refunding);
    uuid refund_id =
        plan_refund(planning, order->provider, order->payment_reference, &order->order_id, total, refunding->cause);
    return refund_post(refunding, freight, released, refund_id);
}

/* ---- Decisions ---- */

static const struct refund_line *line_of(const struct refund_order *order, uuid order_line_id)
{
    for (size_t i = 0; i < order->lines_count; i++)
        if (uuid_equal(order->lines[i].order_line_id, order_line_id))
            return &order->lines[i];
    must_failed("a return is of a line of its order", __FILE__, __LINE__);
}

enum problem return_decide(const struct request *request, const void *facts_, void *plan, struct problems *problems)
{
    const struct return_body *body = request->body;
    const struct return_facts *facts = facts_;
    struct refunding refunding = {
        .planning = {.arena = request->arena, .plan = plan, .ids = {.base = uuid_nth(request->new_id, 1)}},
        .order = &facts->of_order,
        .cause = facts->cause,
        .goods_back = body->goods_back,
        .problems = problems};
    struct money_plan *decided = plan;
    if (!text_equal(facts->return_state, TEXT("open")))
        return PROBLEM_WRONG_STATE;
    decided->result = body->accepted ? TEXT("accepted") : TEXT("refused");
    decided->state = decided->result;
    decided->order_id = facts->of_order.order_id;
    if (!body->accepted)
        return PROBLEM_NONE;
    enum problem problem = line_refund(&refunding, line_of(&facts->of_order, facts->order_line_id), facts->return_packs,
                                       body->refund_fen > 0 ? body->refund_fen : facts->asked_fen);
    return problem != PROBLEM_NONE ? problem : order_refund(&refunding, body->freight_fen);
}

enum problem order_cancel_decide(const struct request *request, const void *facts_, void *plan,
                                 struct problems *problems)
{
    const struct order_cancel_facts *facts = facts_;
    const struct refund_order *order = &facts->of_order;
    struct refunding refunding = {
        .planning = {.arena = request->arena, .plan = plan, .ids = {.base = uuid_nth(request->new_id, 1)}},
        .order = order,
        .cause = TEXT("cancelled"),
        .goods_back = true,
        .problems = problems};
    struct money_plan *decided = plan;
    enum problem problem = PROBLEM_NONE;
    if (!text_equal(order->state, TEXT("paid")))
        return PROBLEM_WRONG_STATE;
    for (size_t i = 0; problem == PROBLEM_NONE && i < order->lines_count; i++) {
        const struct refund_line *line = &order->lines[i];
        int64_t packs = line->packs - line->refunded_packs;
        if (packs > 0)
            problem = line_refund(&refunding, line, packs, 0);
    }
    decided->result = TEXT("cancelled");
    decided->state = TEXT("refunded");
    decided->order_id = order->order_id;
    return problem != PROBLEM_NONE ? problem : order_refund(&refunding, freight_left(order));
}
