/* Closing orders whose return window is over: their dues become payable and their escrow is released, one transfer an order. */
#include "orders/close.h"

struct closing_due {
    text account_kind;
    uuid holder;
    money amount_fen;
};
struct closing_order {
    county_id order_id;
    uuid shop_id;
    money refunded_fen, buyer_freight_fen, gross_fen, fee_fen, freight_fen, margin_fen;
    struct closing_due *dues;
    size_t dues_count;
};
struct closing_facts {
    struct closing_order *orders;
    size_t orders_count;
};
#define SIGNED_MAX INT64_C(1000000000000000)
#define SIGNED_FEN(type, member) FIELD(type, member, FIELD_FEN, .min = -SIGNED_MAX, .max = SIGNED_MAX)
static const struct field due_fields[] = {
    FIELD(closing_due, account_kind, FIELD_TEXT),
    FIELD(closing_due, holder, FIELD_UUID),
    SIGNED_FEN(closing_due, amount_fen),
    FIELDS_END,
};
static const struct field order_fields[] = {
    FIELD(closing_order, order_id, FIELD_COUNTY_ID),
    FIELD(closing_order, shop_id, FIELD_UUID),
    FIELD(closing_order, refunded_fen, FIELD_FEN),
    FIELD(closing_order, buyer_freight_fen, FIELD_FEN),
    SIGNED_FEN(closing_order, gross_fen),
    SIGNED_FEN(closing_order, fee_fen),
    SIGNED_FEN(closing_order, freight_fen),
    SIGNED_FEN(closing_order, margin_fen),
    FIELD_ITEMS(closing_order, dues, closing_due, due_fields, .max = 100000),
    FIELDS_END,
};
static const struct field facts_fields[] = {
    FIELD_ITEMS(closing_facts, orders, closing_order, order_fields),
    FIELDS_END,
};

static enum problem order_release(struct planning *planning, const struct closing_order *order)
{
    struct due_payable event = {.transfer_id = id_run_next(&planning->ids),
                                .order_id = order->order_id.id,
                                .shop_id = order->shop_id,
                                .freight_fen = order->buyer_freight_fen,
                                .parts = {.gross_fen = order->gross_fen,
                                          .fee_fen = order->fee_fen,
                                          .freight_fen = order->freight_fen,
                                          .margin_fen = order->margin_fen,
                                          .dues_count = order->dues_count}};
    struct transfer_plan transfer;
    event.parts.dues = arena_alloc_items(planning->arena, order->dues_count, sizeof *event.parts.dues);
    for (size_t i = 0; i < order->dues_count; i++) {
        enum account_kind kind = account_kind_from(order->dues[i].account_kind);
        must(kind != ACCOUNT_KINDS_COUNT);
        event.parts.dues[i] =
            (struct ledger_due){.payee = {kind, order->dues[i].holder}, .amount_fen = order->dues[i].amount_fen};
    }
    enum problem problem = ledger_due_payable(planning->arena, &event, &transfer);
    if (problem == PROBLEM_NONE)
        plan_transfer(planning, text_from(order->order_id.county), &transfer);
    return problem;
}

enum problem orders_close_plan(struct arena *arena, text source, uuid new_id, text *plan_json, size_t *orders_count)
{
    struct closing_facts facts = {0};
    struct money_plan plan = {.result = TEXT("closed")};
    struct planning planning = {.arena = arena, .plan = &plan, .ids = {.base = new_id}};
    struct problems problems;
    struct bytes json;
    problems_init(&problems, arena);
    enum problem problem = decode_json(facts_fields, source, arena, &facts, NULL, &problems);
    for (size_t i = 0; problem == PROBLEM_NONE && i < facts.orders_count; i++) {
        *PLAN_ADD(&planning, states) = (struct planned_state){
            .county = text_from(facts.orders[i].order_id.county),
            .order_id = facts.orders[i].order_id.id,
            .from_state = TEXT("received"),
            .state = TEXT("closed"),
            .refunded_fen = facts.orders[i].refunded_fen,
            .seen_refunded_fen = facts.orders[i].refunded_fen,
        };
        problem = order_release(&planning, &facts.orders[i]);
    }
    *orders_count = facts.orders_count;
    bytes_init(&json, arena, 16 * 1024 * 1024);
    encode_json(money_plan_fields, &plan, false, &json);
    *plan_json = bytes_text(&json);
    return problem;
}
