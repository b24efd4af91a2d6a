/* The ledger over whole lives of orders: floors hold at every step, and in the end nothing is left anywhere. */
#include "ledger.h"
#include "unit.h"

#define ROUNDS 1000

enum { ORDER = 1, SHOP, HOME, OTHER_HOME, COOPERATIVE, LOT, ITEM };

static uuid id_of(uint64_t n)
{
    return uuid_from_seed(7, n, 0);
}

static const struct account platform = {.kind = ACCOUNT_PLATFORM_FEE}, clearing = {.kind = ACCOUNT_GATEWAY_CLEARING};

struct life {
    struct arena *arena;
    struct ledger_balance balances[20];
    size_t count;
    uint64_t next_id;
};

static struct ledger_balance *balance_of(struct life *life, enum account_kind kind, uuid holder)
{
    for (size_t i = 0; i < life->count; i++)
        if (life->balances[i].account.kind == kind && uuid_equal(life->balances[i].account.holder, holder))
            return &life->balances[i];
    cr_assert_lt(life->count, 20);
    life->balances[life->count] = (struct ledger_balance){.account = {kind, holder}};
    return &life->balances[life->count++];
}

static void open_accounts(struct life *life)
{
    static const struct {
        enum account_kind kind;
        uint64_t holder;
    } accounts[] = {
        {ACCOUNT_BUYER_ESCROW, ORDER},
        {ACCOUNT_FREIGHT_ESCROW, ORDER},
        {ACCOUNT_REFUND, ORDER},
        {ACCOUNT_HOUSEHOLD_PAYABLE, HOME},
        {ACCOUNT_HOUSEHOLD_PAID, HOME},
        {ACCOUNT_COOPERATIVE, COOPERATIVE},
        {ACCOUNT_SHOP, SHOP},
        {ACCOUNT_SHOP_RECEIVABLE, SHOP},
        {ACCOUNT_FREIGHT, SHOP},
        {ACCOUNT_GOODS_BOUGHT, SHOP},
        {ACCOUNT_PAID_OUT, SHOP},
        {ACCOUNT_PAID_OUT, COOPERATIVE},
        {ACCOUNT_HOUSEHOLD_PAYABLE, OTHER_HOME},
        {ACCOUNT_HOUSEHOLD_PAID, OTHER_HOME},
    };
    for (size_t i = 0; i < sizeof accounts / sizeof accounts[0]; i++)
        (void)balance_of(life, accounts[i].kind, id_of(accounts[i].holder));
    (void)balance_of(life, platform.kind, platform.holder);
    (void)balance_of(life, clearing.kind, clearing.holder);
    uuid none = {0};
    (void)balance_of(life, ACCOUNT_PAID_OUT, none);
}

static bool post(struct life *life, enum problem problem, const struct transfer_plan *plan)
{
    return problem == PROBLEM_NONE && ledger_check(plan, life->balances, life->count);
}

static uuid fresh(struct life *life)
{
    return id_of(1000 + life->next_id++);
}

static bool pay_out(struct life *life, enum account_kind kind, uuid holder, bool returned)
{
    struct transfer_plan plan;
    struct payout event = {.transfer_id = fresh(life), .item_id = id_of(ITEM), .payee = {kind, holder}};
    money owed = balance_of(life, ACCOUNT_SHOP_RECEIVABLE, holder)->balance_fen;
    event.amount_fen = balance_of(life, kind, holder)->balance_fen;
    if (kind == ACCOUNT_SHOP) {
        event.receivable_netted_fen = -owed < event.amount_fen ? -owed : event.amount_fen;
        event.amount_fen -= event.receivable_netted_fen;
    }
    bool paid = post(life, ledger_payout_paid(life->arena, &event, &plan), &plan);
    if (!paid || !returned)
        return paid;
    /* The bank sent it back, and then it went through. */
    event.receivable_netted_fen = 0;
    return post(life, ledger_payout_returned(life->arena, &event, &plan), &plan) &&
           post(life, ledger_payout_paid(life->arena, &event, &plan), &plan);
}

static bool all_is_settled(const struct life *life)
{
    for (size_t i = 0; i < life->count; i++)
        if (life->balances[i].balance_fen != 0)
            return false;
    return true;
}

struct deal {
    money gross, due, retained, fee, freight, margin, buyer_freight;
};

static struct deal a_deal(uint64_t *seed)
{
    struct deal deal = {.due = seeded_between(seed, 1, 10000),
                        .retained = seeded_between(seed, 0, 1000),
                        .fee = seeded_between(seed, 0, 500),
                        .freight = seeded_between(seed, 0, 300),
                        .margin = seeded_between(seed, -2000, 5000),
                        .buyer_freight = seeded_between(seed, 0, 900)};
    money least = deal.due + deal.retained + deal.fee + deal.freight;
    deal.margin = least + deal.margin > 0 ? deal.margin : 0;
    deal.gross = least + deal.margin;
    return deal;
}

static struct ledger_parts parts_of(const struct deal *deal, struct ledger_due dues[2], int64_t sign)
{
    dues[0] = (struct ledger_due){{ACCOUNT_HOUSEHOLD_PAYABLE, id_of(HOME)}, sign * deal->due};
    dues[1] = (struct ledger_due){{ACCOUNT_COOPERATIVE, id_of(COOPERATIVE)}, sign * deal->retained};
    return (struct ledger_parts){.dues = dues,
                                 .dues_count = 2,
                                 .gross_fen = sign * deal->gross,
                                 .fee_fen = sign * deal->fee,
                                 .freight_fen = sign * deal->freight,
                                 .margin_fen = sign * deal->margin};
}

static bool pay_in(struct life *life, const struct deal *deal)
{
    struct transfer_plan plan;
    struct payment_applied event = {fresh(life), id_of(ORDER), deal->gross, deal->buyer_freight, .promised_fen = 0};
    return post(life, ledger_payment_applied(life->arena, &event, &plan), &plan);
}

static bool release(struct life *life, const struct deal *deal)
{
    struct transfer_plan plan;
    struct ledger_due dues[2];
    struct due_payable event = {fresh(life), id_of(ORDER), id_of(SHOP), parts_of(deal, dues, 1), deal->buyer_freight};
    return post(life, ledger_due_payable(life->arena, &event, &plan), &plan);
}

static bool refund_all(struct life *life, const struct deal *deal, bool released)
{
    struct transfer_plan plan;
    struct ledger_due dues[2];
    struct refund_posted event = {.transfer_id = fresh(life),
                                  .refund_id = id_of(900),
                                  .order_id = id_of(ORDER),
                                  .shop_id = id_of(SHOP),
                                  .released = released,
                                  .parts = parts_of(deal, dues, -1),
                                  .freight_fen = deal->buyer_freight};
    return post(life, ledger_refund_posted(life->arena, &event, &plan), &plan) &&
           post(life,
                ledger_refund_done(life->arena, fresh(life), id_of(900), id_of(ORDER),
                                   deal->gross + deal->buyer_freight, &plan),
                &plan);
}

static bool pay_in_what_is_owed(struct life *life)
{
    struct transfer_plan plan;
    money owed = -balance_of(life, ACCOUNT_SHOP_RECEIVABLE, id_of(SHOP))->balance_fen;
    struct account receivable = {ACCOUNT_SHOP_RECEIVABLE, id_of(SHOP)};
    return owed == 0 ||
           post(life, ledger_money_received(life->arena, fresh(life), id_of(901), receivable, owed, &plan), &plan);
}

static bool pay_everyone(struct life *life, bool returned)
{
    return pay_out(life, ACCOUNT_SHOP, id_of(SHOP), returned) && pay_in_what_is_owed(life) &&
           pay_out(life, ACCOUNT_FREIGHT, id_of(SHOP), returned) &&
           pay_out(life, ACCOUNT_HOUSEHOLD_PAYABLE, id_of(HOME), returned) &&
           pay_out(life, ACCOUNT_COOPERATIVE, id_of(COOPERATIVE), returned) &&
           pay_out(life, platform.kind, platform.holder, false);
}

Test(ledger_life, a_sale_paid_out_leaves_nothing_anywhere)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct life life = {.arena = arena};
        struct deal deal = a_deal(&state);
        open_accounts(&life);
        bool returned = round % 2 == 0; /* no percent sign below: the condition becomes a format */
        EXPECT_SEEDED(pay_in(&life, &deal) && release(&life, &deal) && pay_everyone(&life, returned), seed);
        EXPECT_SEEDED(all_is_settled(&life), seed);
    }
}

Test(ledger_life, a_refund_before_or_after_release_leaves_nothing_anywhere)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct life life = {.arena = arena};
        struct deal deal = a_deal(&state);
        bool released = round % 2 == 0;
        open_accounts(&life);
        EXPECT_SEEDED(
            pay_in(&life, &deal) && (!released || release(&life, &deal)) && refund_all(&life, &deal, released), seed);
        EXPECT_SEEDED(pay_everyone(&life, false) && all_is_settled(&life), seed);
    }
}

Test(ledger_life, no_one_is_paid_more_than_is_owed)
{
    SCRATCH(arena);
    struct life life = {.arena = arena};
    struct deal deal = {.gross = 100, .due = 100};
    struct transfer_plan plan;
    open_accounts(&life);
    cr_assert(pay_in(&life, &deal) && release(&life, &deal));
    struct payout event = {fresh(&life), id_of(ITEM), {ACCOUNT_HOUSEHOLD_PAYABLE, id_of(HOME)}, .amount_fen = 101};
    cr_assert_eq(ledger_payout_paid(arena, &event, &plan), PROBLEM_NONE);
    cr_assert_not(ledger_check(&plan, life.balances, life.count));
    cr_assert_eq(balance_of(&life, ACCOUNT_HOUSEHOLD_PAYABLE, id_of(HOME))->balance_fen, 100);
}

Test(ledger_life, an_unsound_plan_is_refused)
{
    SCRATCH(arena);
    uuid none = {0};
    struct ledger_entry entries[] = {
        {1, TEXT("shop"), none, TEXT("shop"), none, 5},    /* one account on both sides */
        {1, TEXT("shop"), none, TEXT("freight"), none, 0}, /* nothing moves */
        {2, TEXT("shop"), none, TEXT("freight"), none, 5}, /* not the first */
        {1, TEXT("shop"), none, TEXT("pocket"), none, 5},  /* no such account */
    };
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        struct transfer_plan plan = {.entries = &entries[i], .entries_count = 1, .arena = arena};
        cr_assert_not(ledger_check(&plan, NULL, 0), "entry %zu", i);
    }
}

Test(ledger_life, sums_that_do_not_fit_are_told)
{
    SCRATCH(arena);
    struct transfer_plan plan;
    struct payment_applied event = {id_of(1), id_of(ORDER), INT64_MIN, 0, .promised_fen = 1};
    cr_assert_eq(ledger_payment_applied(arena, &event, &plan), PROBLEM_OVERFLOW);
}
