/* payouts: what is owed and how it is paid. Batches behind two gates, the bank's results, bought goods, the household's passbook,
   public notices and objections to them. */
#ifndef PAYOUTS_H
#define PAYOUTS_H

#include "db.h"
#include "ledger.h"

extern const struct route payouts_routes[];
extern const struct job payouts_jobs[];

/* A transfer as the statement ledger/post takes it. */
struct county_transfer {
    text county;
    uuid transfer_id;
    text kind, reference;
    struct ledger_entry *entries;
    size_t entries_count;
};
extern const struct field county_transfer_fields[];
struct county_transfer county_transfer_of(text county, const struct transfer_plan *plan);

/* ---- The bank's results ---- */
struct result_given {
    county_id item_id;
    text result; /* paid, returned */
    calendar_day result_on;
    money amount_fen; /* as the bank says it; zero: it does not */
    text evidence, reason;
};
struct results_body {
    struct result_given *items;
    size_t items_count;
};
struct item_facts {
    uuid item_id, payee_id;
    text account; /* an account kind */
    text state;
    money amount_fen;
    money balance_fen;                /* of that account */
    money receivable_fen, bought_fen; /* what a shop owes */
};
struct results_facts {
    text state; /* of the batch */
    calendar_day approved_on;
    struct item_facts *items;
    size_t items_count;
};
struct item_result {
    uuid item_id;
    text from_state, state;
    calendar_day result_on;
    text evidence, reason;
};
struct results_plan {
    struct item_result *results; /* only those that change something */
    size_t results_count;
    struct county_transfer *transfers;
    size_t transfers_count;
};
decide_function payout_results_decide;
/* What is kept back of what a shop owes: as much as its account bears beside the payment, bought goods first. */
void payout_net(const struct item_facts *item, struct payout *payout);

/* ---- Bought goods ---- */
struct goods_facts {
    text payee_kind, account;
    uuid payee_id;
    money price_fen; /* per price_qty base units */
    qty price_qty, quantity_qty;
};
struct bought_lot {
    text county;
    uuid lot_id, shop_id;
    struct goods_facts *goods;
    size_t goods_count;
};
struct bought_due {
    text county;
    uuid due_id, payee_id, lot_id;
    text payee_kind;
    money amount_fen; /* the shop's is negative: it owes the sum */
};
struct bought_plan {
    struct bought_due *dues;
    size_t dues_count;
    struct county_transfer *transfers;
    size_t transfers_count;
};
MUST_USE enum problem payout_bought_plan(struct arena *arena, instant now, const struct bought_lot *lot,
                                         struct bought_plan *plan);
extern const struct field bought_lot_fields[], bought_plan_fields[];

#endif
