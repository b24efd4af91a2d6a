/* One builder for each event of the table in ledger.h. A plan balances because an entry has one amount for both its sides. */
#include "ledger.h"

#include "ledger/plan.h"

static struct account of(enum account_kind kind, uuid holder)
{
    return (struct account){kind, holder};
}

static const struct account clearing = {.kind = ACCOUNT_GATEWAY_CLEARING};
static const struct account platform_fee = {.kind = ACCOUNT_PLATFORM_FEE};

/* ---- Money in, and back to the buyer ---- */
enum problem ledger_payment_applied(struct arena *arena, const struct payment_applied *event,
                                    struct transfer_plan *plan)
{
    struct account escrow = of(ACCOUNT_BUYER_ESCROW, event->order_id);
    plan_begin(plan, arena, event->transfer_id, TEXT("payment_applied"), event->order_id);
    plan_move(plan, clearing, escrow, plan_difference(plan, event->goods_fen, event->promised_fen));
    plan_move(plan, of(ACCOUNT_SUBSIDY, event->payer_id), escrow, event->promised_fen);
    plan_move(plan, clearing, of(ACCOUNT_FREIGHT_ESCROW, event->order_id), event->freight_fen);
    return plan_end(plan);
}

/* After release the order's escrow is empty: those who got its money give it back first. The shop answers for its freight and margin
   even if they were paid out to it, so they go to what it owes and not to its account, which has a floor. */
static void escrow_refill(struct transfer_plan *plan, const struct refund_posted *event)
{
    struct account escrow = of(ACCOUNT_BUYER_ESCROW, event->order_id);
    struct account owed = of(ACCOUNT_SHOP_RECEIVABLE, event->shop_id);
    money of_shop = plan_sum(plan, event->parts.freight_fen, event->parts.margin_fen);
    plan_move(plan, owed, escrow, plan_difference(plan, 0, of_shop));
    plan_move(plan, platform_fee, escrow, plan_difference(plan, 0, event->parts.fee_fen));
    for (size_t i = 0; i < event->parts.dues_count; i++)
        plan_move(plan, event->parts.dues[i].payee, escrow, plan_difference(plan, 0, event->parts.dues[i].amount_fen));
    plan_move(plan, owed, of(ACCOUNT_FREIGHT_ESCROW, event->order_id), event->freight_fen);
}

enum problem ledger_refund_posted(struct arena *arena, const struct refund_posted *event, struct transfer_plan *plan)
{
    struct account escrow = of(ACCOUNT_BUYER_ESCROW, event->order_id), refund = of(ACCOUNT_REFUND, event->order_id);
    plan_begin(plan, arena, event->transfer_id, TEXT("refund_posted"), event->refund_id);
    money goods = plan_difference(plan, 0, event->parts.gross_fen);
    if (event->released)
        escrow_refill(plan, event);
    plan_move(plan, escrow, refund, plan_difference(plan, goods, event->promised_fen));
    plan_move(plan, escrow, of(ACCOUNT_SUBSIDY, event->payer_id), event->promised_fen);
    plan_move(plan, of(ACCOUNT_FREIGHT_ESCROW, event->order_id), refund, event->freight_fen);
    return plan_end(plan);
}

enum problem ledger_refund_done(struct arena *arena, uuid transfer_id, uuid refund_id, uuid order_id, money amount,
                                struct transfer_plan *plan)
{
    plan_begin(plan, arena, transfer_id, TEXT("refund_done"), refund_id);
    plan_move(plan, of(ACCOUNT_REFUND, order_id), clearing, amount);
    return plan_end(plan);
}

enum problem ledger_refund_repeated(struct arena *arena, uuid transfer_id, uuid movement_id, uuid order_id,
                                    money amount, struct transfer_plan *plan)
{
    plan_begin(plan, arena, transfer_id, TEXT("refund_repeated"), movement_id);
    plan_move(plan, of(ACCOUNT_REFUND_RECEIVABLE, order_id), clearing, amount);
    return plan_end(plan);
}

/* ---- What is owed ---- */
enum problem ledger_due_payable(struct arena *arena, const struct due_payable *event, struct transfer_plan *plan)
{
    const struct ledger_parts *parts = &event->parts;
    struct account escrow = of(ACCOUNT_BUYER_ESCROW, event->order_id);
    struct account freight = of(ACCOUNT_FREIGHT, event->shop_id);
    enum account_kind margin = parts->margin_fen >= 0 ? ACCOUNT_SHOP : ACCOUNT_SHOP_RECEIVABLE;
    plan_begin(plan, arena, event->transfer_id, TEXT("due_payable"), event->order_id);
    plan_move(plan, escrow, of(margin, event->shop_id), parts->margin_fen);
    plan_move(plan, escrow, platform_fee, parts->fee_fen);
    plan_move(plan, escrow, freight, parts->freight_fen);
    for (size_t i = 0; i < parts->dues_count; i++)
        plan_move(plan, escrow, parts->dues[i].payee, parts->dues[i].amount_fen);
    plan_move(plan, of(ACCOUNT_FREIGHT_ESCROW, event->order_id), freight, event->freight_fen);
    return plan_end(plan);
}

static enum problem dues_moved(struct transfer_plan *plan, struct account from, const struct ledger_due *dues,
                               size_t dues_count)
{
    for (size_t i = 0; i < dues_count; i++)
        plan_move(plan, from, dues[i].payee, dues[i].amount_fen);
    return plan_end(plan);
}

enum problem ledger_claw_back(struct arena *arena, uuid transfer_id, uuid claw_back_id, uuid household_id, uuid shop_id,
                              money amount, struct transfer_plan *plan)
{
    plan_begin(plan, arena, transfer_id, TEXT("claw_back"), claw_back_id);
    plan_move(plan, of(ACCOUNT_HOUSEHOLD_PAYABLE, household_id), of(ACCOUNT_SHOP, shop_id), amount);
    return plan_end(plan);
}

enum problem ledger_goods_bought(struct arena *arena, uuid transfer_id, uuid lot_id, uuid shop_id,
                                 const struct ledger_due *dues, size_t dues_count, struct transfer_plan *plan)
{
    plan_begin(plan, arena, transfer_id, TEXT("goods_bought"), lot_id);
    return dues_moved(plan, of(ACCOUNT_GOODS_BOUGHT, shop_id), dues, dues_count);
}

enum problem ledger_income_due(struct arena *arena, uuid transfer_id, uuid cause_id, struct account from,
                               const struct ledger_due *dues, size_t dues_count, struct transfer_plan *plan)
{
    plan_begin(plan, arena, transfer_id, TEXT("income_due"), cause_id);
    return dues_moved(plan, from, dues, dues_count);
}

/* ---- Money out, and money owed to us ---- */
static struct account passage_of(struct account payee)
{
    bool household = payee.kind == ACCOUNT_HOUSEHOLD_PAYABLE;
    return of(household ? ACCOUNT_HOUSEHOLD_PAID : ACCOUNT_PAID_OUT, payee.holder);
}

enum problem ledger_payout_paid(struct arena *arena, const struct payout *event, struct transfer_plan *plan)
{
    struct account passage = passage_of(event->payee);
    plan_begin(plan, arena, event->transfer_id, TEXT("payout_paid"), event->item_id);
    plan_move(plan, event->payee, of(ACCOUNT_SHOP_RECEIVABLE, event->payee.holder), event->receivable_netted_fen);
    plan_move(plan, event->payee, of(ACCOUNT_GOODS_BOUGHT, event->payee.holder), event->bought_netted_fen);
    plan_move(plan, event->payee, passage, event->amount_fen);
    plan_move(plan, passage, clearing, event->amount_fen);
    return plan_end(plan);
}

enum problem ledger_payout_returned(struct arena *arena, const struct payout *event, struct transfer_plan *plan)
{
    struct account passage = passage_of(event->payee);
    plan_begin(plan, arena, event->transfer_id, TEXT("payout_returned"), event->item_id);
    plan_move(plan, clearing, passage, event->amount_fen);
    plan_move(plan, passage, event->payee, event->amount_fen);
    return plan_end(plan);
}

enum problem ledger_money_received(struct arena *arena, uuid transfer_id, uuid receipt_id, struct account owed,
                                   money amount, struct transfer_plan *plan)
{
    bool promised = owed.kind == ACCOUNT_SUBSIDY;
    plan_begin(plan, arena, transfer_id, promised ? TEXT("subsidy_received") : TEXT("shop_funded"), receipt_id);
    plan_move(plan, clearing, owed, amount);
    return plan_end(plan);
}
