/* Goods the shop buys outright: owed once the lot passed inspection, whatever sells. Pure. */
#include "payouts.h"

static enum problem goods_cost(const struct goods_facts *goods, money *cost)
{
    return money_ratio(goods->price_fen, goods->quantity_qty, goods->price_qty, cost) ? PROBLEM_NONE : PROBLEM_OVERFLOW;
}

static void due_add(struct bought_plan *plan, const struct bought_lot *lot, uuid due_id, text payee_kind, uuid payee_id,
                    money amount)
{
    plan->dues[plan->dues_count++] = (struct bought_due){
        .county = lot->county,
        .due_id = due_id,
        .lot_id = lot->lot_id,
        .payee_kind = payee_kind,
        .payee_id = payee_id,
        .amount_fen = amount,
    };
}

enum problem payout_bought_plan(struct arena *arena, instant now, const struct bought_lot *lot,
                                struct bought_plan *plan)
{
    struct ledger_due *owed = arena_alloc_items(arena, lot->goods_count + 1, sizeof *owed);
    struct transfer_plan transfer;
    uuid base = uuid_new(now);
    money total = 0;

    *plan = (struct bought_plan){
        .dues = arena_alloc_items(arena, lot->goods_count + 1, sizeof *plan->dues),
        .transfers = arena_alloc_items(arena, 1, sizeof *plan->transfers),
    };
    for (size_t i = 0; i < lot->goods_count; i++) {
        const struct goods_facts *goods = &lot->goods[i];
        enum problem problem = goods_cost(goods, &owed[i].amount_fen);
        if (problem != PROBLEM_NONE || !money_plus(total, owed[i].amount_fen, &total))
            return PROBLEM_OVERFLOW;
        owed[i].payee = (struct account){account_kind_from(goods->account), goods->payee_id};
        must(owed[i].payee.kind != ACCOUNT_KINDS_COUNT);
        if (owed[i].amount_fen > 0)
            due_add(plan, lot, uuid_nth(base, (uint32_t)i + 1), goods->payee_kind, goods->payee_id, owed[i].amount_fen);
    }
    /* The shop's own side: it is netted against what its sales earn. */
    due_add(plan, lot, uuid_nth(base, (uint32_t)lot->goods_count + 1), TEXT("shop"), lot->shop_id, -total);
    enum problem problem =
        ledger_goods_bought(arena, base, lot->lot_id, lot->shop_id, owed, lot->goods_count, &transfer);
    if (problem == PROBLEM_NONE)
        plan->transfers[plan->transfers_count++] = county_transfer_of(lot->county, &transfer);
    return problem;
}

static const struct field goods_fields[] = {
    FIELD(goods_facts, payee_kind, FIELD_TEXT),
    FIELD(goods_facts, account, FIELD_TEXT),
    FIELD(goods_facts, payee_id, FIELD_UUID),
    FIELD(goods_facts, price_fen, FIELD_FEN),
    FIELD(goods_facts, price_qty, FIELD_QTY, .min = 1, .max = 1000000000),
    FIELD(goods_facts, quantity_qty, FIELD_QTY),
    FIELDS_END,
};
const struct field bought_lot_fields[] = {
    FIELD(bought_lot, county, FIELD_TEXT),
    FIELD(bought_lot, lot_id, FIELD_UUID),
    FIELD(bought_lot, shop_id, FIELD_UUID),
    FIELD_ITEMS(bought_lot, goods, goods_facts, goods_fields, .max = LOT_CONTRIBUTIONS_MAX),
    FIELDS_END,
};
static const struct field bought_due_fields[] = {
    FIELD(bought_due, county, FIELD_TEXT),
    FIELD(bought_due, due_id, FIELD_UUID),
    FIELD(bought_due, payee_id, FIELD_UUID),
    FIELD(bought_due, lot_id, FIELD_UUID),
    FIELD(bought_due, payee_kind, FIELD_TEXT),
    FIELD(bought_due, amount_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field bought_plan_fields[] = {
    FIELD_ITEMS(bought_plan, dues, bought_due, bought_due_fields),
    FIELD_ITEMS(bought_plan, transfers, county_transfer, county_transfer_fields),
    FIELDS_END,
};
