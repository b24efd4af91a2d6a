/* What a provider's word about a payment means: applied once, else recorded and refunded by itself. Duplicates are the normal case.
   Must never trust the order callbacks arrive in; the purchase's row arbitrates when apply compares it. */
#include "orders/callback.h"

static const struct field goods_fields[] = {
    FIELD(paid_goods, product_id, FIELD_UUID),
    FIELD(paid_goods, grade, FIELD_TEXT),
    FIELD(paid_goods, place_id, FIELD_UUID),
    FIELD_ITEMS(paid_goods, lines, paid_line, paid_line_fields, .max = CART_LINES_MAX),
    FIELD_ITEMS(paid_goods, lots, lot_left, lot_left_fields, .max = 100000),
    FIELD_ITEMS(paid_goods, suppliers, supplier, supplier_fields, .max = 100000),
    FIELDS_END,
};
static const struct field order_fields[] = {
    FIELD(paying_order, order_id, FIELD_COUNTY_ID),
    FIELD(paying_order, shop_id, FIELD_UUID),
    FIELD(paying_order, area_code, FIELD_TEXT),
    FIELD(paying_order, goods_fen, FIELD_FEN),
    FIELD(paying_order, freight_fen, FIELD_FEN),
    FIELD_ITEMS(paying_order, goods, paid_goods, goods_fields, .max = CART_LINES_MAX),
    FIELDS_END,
};
const struct field callback_facts_fields[] = {
    FIELD(callback_facts, payment_state, FIELD_TEXT),
    FIELD(callback_facts, asked_fen, FIELD_FEN),
    FIELD(callback_facts, buyer_id, FIELD_UUID),
    FIELD(callback_facts, purchase_id, FIELD_UUID),
    FIELD(callback_facts, purchase_state, FIELD_TEXT),
    FIELD(callback_facts, known_result, FIELD_TEXT, .optional = true),
    FIELD_ITEMS(callback_facts, orders, paying_order, order_fields, .max = CART_LINES_MAX),
    FIELDS_END,
};

struct callback {
    struct planning planning;
    const struct request *request;
    const struct payment_notice *notice;
    const struct callback_facts *facts;
    text provider;
};

/* ---- One order's goods: allocate, attribute, and give back at once what can't be served ---- */

struct order_paid {
    const struct paying_order *order;
    text county;
    struct attribution *rows; /* of all its goods */
    size_t rows_count;
    money missing_fen;
    int64_t missing_packs;
};

static void line_plan(struct callback *callback, struct order_paid *paid, const struct served_line *served)
{
    *PLAN_ADD(&callback->planning, line_states) = (struct planned_line_state){
        .county = paid->county,
        .order_line_id = served->line->order_line_id,
        .served_packs = served->served_packs,
        .refunded_packs = served->packs_missing,
        .refunded_fen = served->refund_fen,
    };
    paid->missing_fen += served->refund_fen;
    paid->missing_packs += served->packs_missing;
}

/* Several lines may draw on one contribution: it is compared once with what it had before the first of them. */
static void take_plan(struct callback *callback, const struct order_paid *paid, const struct allocation *allocation)
{
    struct money_plan *plan = callback->planning.plan;
    for (size_t i = 0; i < plan->takes_count; i++)
        if (uuid_equal(plan->takes[i].contribution_id, allocation->contribution_id)) {
            plan->takes[i].taken_qty += allocation->quantity_qty;
            return;
        }
    *PLAN_ADD(&callback->planning, takes) = (struct planned_take){
        .county = paid->county,
        .lot_id = allocation->lot_id,
        .contribution_id = allocation->contribution_id,
        .left_qty = allocation->contribution->quantity_qty - allocation->from_qty,
        .taken_qty = allocation->quantity_qty,
    };
}

static enum problem line_tag(struct callback *callback, struct order_paid *paid, const struct paid_goods *goods,
                             const struct served_line *served)
{
    struct planning *planning = &callback->planning;
    struct planned_tag tag = {.county = paid->county,
                              .order_id = paid->order->order_id.id,
                              .shop_id = paid->order->shop_id,
                              .product_id = goods->product_id,
                              .allocations = served->allocations,
                              .allocations_count = served->allocations_count};
    if (served->served_packs == 0)
        return PROBLEM_NONE;
    enum problem problem =
        attribution_attribute(planning->arena, &planning->ids, served, callback->request->now, goods->suppliers,
                              goods->suppliers_count, &tag.attributions, &tag.attributions_count);
    if (problem != PROBLEM_NONE)
        return problem;
    *PLAN_ADD(planning, tagged) = tag;
    for (size_t i = 0; i < served->allocations_count; i++)
        take_plan(callback, paid, &served->allocations[i]);
    struct attribution *rows =
        arena_alloc_items(planning->arena, paid->rows_count + tag.attributions_count, sizeof *rows);
    if (paid->rows_count > 0)
        memcpy(rows, paid->rows, paid->rows_count * sizeof *rows);
    if (tag.attributions_count > 0)
        memcpy(rows + paid->rows_count, tag.attributions, tag.attributions_count * sizeof *rows);
    paid->rows = rows;
    paid->rows_count += tag.attributions_count;
    return PROBLEM_NONE;
}

static enum problem goods_plan(struct callback *callback, struct order_paid *paid, const struct paid_goods *goods)
{
    struct planning *planning = &callback->planning;
    struct served_line *served = arena_alloc_items(planning->arena, goods->lines_count, sizeof *served);
    struct planned_sale sale = {
        .county = paid->county, .product_id = goods->product_id, .grade = goods->grade, .place_id = goods->place_id};
    enum problem problem = attribution_allocate(planning->arena, &planning->ids, goods->lines, goods->lines_count,
                                                goods->lots, goods->lots_count, served);
    for (size_t i = 0; problem == PROBLEM_NONE && i < goods->lines_count; i++) {
        sale.reserved_qty += goods->lines[i].packs * goods->lines[i].pack_qty;
        sale.sold_qty += served[i].served_packs * goods->lines[i].pack_qty;
        line_plan(callback, paid, &served[i]);
        problem = line_tag(callback, paid, goods, &served[i]);
    }
    *PLAN_ADD(planning, sales) = sale;
    return problem;
}

/* ---- One order's money ---- */

static enum problem payment_post(struct callback *callback, const struct order_paid *paid)
{
    struct planning *planning = &callback->planning;
    struct transfer_plan transfer;
    enum problem problem = ledger_payment_applied(planning->arena,
                                                  &(struct payment_applied){.transfer_id = id_run_next(&planning->ids),
                                                                            .order_id = paid->order->order_id.id,
                                                                            .goods_fen = paid->order->goods_fen,
                                                                            .freight_fen = paid->order->freight_fen},
                                                  &transfer);
    if (problem == PROBLEM_NONE)
        plan_transfer(planning, paid->county, &transfer);
    return problem;
}

static void short_delivery_finding(struct callback *callback, const struct order_paid *paid)
{
    struct planning *planning = &callback->planning;
    *PLAN_ADD(planning, findings) = (struct planned_finding){
        .county = paid->county,
        .finding_id = id_run_next(&planning->ids),
        .class = TEXT("short_delivery"),
        .rule = TEXT("paid_but_not_served"),
        .area_code = paid->order->area_code,
        .subject_kind = TEXT("orders"),
        .subject_id = paid->order->order_id.id,
        .detail = text_format(planning->arena, "{\"packs\":%lld,\"refund_fen\":%lld}", (long long)paid->missing_packs,
                              (long long)paid->missing_fen),
    };
}

/* What can't be served goes back at once; an order of which nothing is left takes its freight along. */
static enum problem missing_give_back(struct callback *callback, const struct order_paid *paid, money freight)
{
    struct planning *planning = &callback->planning;
    struct transfer_plan transfer;
    uuid refund_id = plan_refund(planning, callback->provider, callback->notice->reference, &paid->order->order_id,
                                 paid->missing_fen + freight, TEXT("not_served"));
    enum problem problem = ledger_refund_posted(planning->arena,
                                                &(struct refund_posted){.transfer_id = id_run_next(&planning->ids),
                                                                        .refund_id = refund_id,
                                                                        .order_id = paid->order->order_id.id,
                                                                        .shop_id = paid->order->shop_id,
                                                                        .parts = {.gross_fen = -paid->missing_fen},
                                                                        .freight_fen = freight},
                                                &transfer);
    if (problem == PROBLEM_NONE)
        plan_transfer(planning, paid->county, &transfer);
    short_delivery_finding(callback, paid);
    return problem;
}

static enum problem order_plan(struct callback *callback, const struct paying_order *order)
{
    struct order_paid paid = {.order = order, .county = text_from(order->order_id.county)};
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; problem == PROBLEM_NONE && i < order->goods_count; i++)
        problem = goods_plan(callback, &paid, &order->goods[i]);
    if (problem == PROBLEM_NONE)
        problem = payment_post(callback, &paid);
    if (problem != PROBLEM_NONE)
        return problem;
    bool nothing_served = paid.rows_count == 0;
    money freight_back = nothing_served ? order->freight_fen : 0;
    *PLAN_ADD(&callback->planning, states) = (struct planned_state){
        .county = paid.county,
        .order_id = order->order_id.id,
        .from_state = TEXT("awaiting_payment"),
        .state = nothing_served ? TEXT("refunded") : TEXT("paid"),
        .refunded_fen = paid.missing_fen + freight_back,
    };
    plan_dues(&callback->planning, &order->order_id, order->shop_id, TEXT("sale"), TEXT("expected"), paid.rows,
              paid.rows_count, order->freight_fen - freight_back);
    return paid.missing_packs == 0 ? PROBLEM_NONE : missing_give_back(callback, &paid, freight_back);
}

/* ---- What the notice means ---- */

static void notice_record(struct callback *callback, const char *result, const char *payment_state)
{
    const struct payment_notice *notice = callback->notice;
    *PLAN_ADD(&callback->planning, transactions) = (struct provider_transaction){
        .provider = callback->provider,
        .transaction_id = notice->transaction_id,
        .reference = notice->reference,
        .kind = TEXT("payment"),
        .result = text_from(result),
        .amount_fen = notice->amount_fen,
        .happened_at = notice->happened_at,
        .payment_state = payment_state == NULL ? TEXT_NONE : text_from(payment_state),
    };
    callback->planning.plan->result = text_from(result);
}

static enum problem payment_apply(struct callback *callback)
{
    const struct callback_facts *facts = callback->facts;
    enum problem problem = PROBLEM_NONE;
    notice_record(callback, "applied", "confirmed");
    *PLAN_ADD(&callback->planning, purchases) =
        (struct paid_purchase){.buyer_id = facts->buyer_id, .purchase_id = facts->purchase_id};
    for (size_t i = 0; problem == PROBLEM_NONE && i < facts->orders_count; i++)
        problem = order_plan(callback, &facts->orders[i]);
    return problem;
}

/* Money that was not waited for goes back whole, by itself. */
static enum problem payment_return(struct callback *callback, const char *result, const char *cause)
{
    notice_record(callback, result, NULL);
    plan_refund(&callback->planning, callback->provider, callback->notice->reference, NULL,
                callback->notice->amount_fen, text_from(cause));
    return PROBLEM_NONE;
}

static enum problem payment_failed(struct callback *callback)
{
    bool waiting = text_equal(callback->facts->payment_state, TEXT("waiting"));
    notice_record(callback, "payment_failed", waiting ? "failed" : NULL);
    return PROBLEM_NONE;
}

enum problem callback_decide(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    struct callback callback = {
        .planning = {.arena = request->arena, .plan = plan, .ids = {.base = request->new_id}},
        .request = request,
        .notice = request->body,
        .facts = facts,
        .provider = request->parameter(request, "provider"),
    };
    (void)problems;
    if (callback.facts->known_result.at != NULL) { /* told before: nothing changes, the answer is the same */
        callback.planning.plan->result = callback.facts->known_result;
        return PROBLEM_NONE;
    }
    if (text_equal(callback.notice->outcome, TEXT("failed")))
        return payment_failed(&callback);
    if (callback.notice->amount_fen != callback.facts->asked_fen)
        return payment_return(&callback, "mismatch", "mismatch");
    if (text_equal(callback.facts->purchase_state, TEXT("paid")))
        return payment_return(&callback, "refunded_twice", "paid_twice");
    if (!text_equal(callback.facts->purchase_state, TEXT("awaiting_payment")))
        return payment_return(&callback, "refunded_late", "late");
    return payment_apply(&callback);
}
