/* Inside orders: what decisions about money plan, in the shapes that the statements of payments, intake, products, attribution, payouts,
   ledger and findings write. Every list may be empty. */
#ifndef ORDERS_PLAN_H
#define ORDERS_PLAN_H

#include "attribution.h"
#include "payments.h"

struct paid_purchase {
    uuid buyer_id, purchase_id;
};
/* What an order becomes, from a state that must still hold. */
struct planned_state {
    text county, from_state, state;
    uuid order_id;
    money refunded_fen, seen_refunded_fen; /* in all: now, and when it was decided */
};
/* What a line becomes, if it still is at `seen_refunded_fen`. */
struct planned_line_state {
    text county;
    uuid order_line_id;
    int64_t served_packs, refunded_packs;
    money refunded_fen, spared_fen, seen_refunded_fen;
};
struct planned_sale {
    text county, grade;
    uuid product_id, place_id;
    qty reserved_qty, sold_qty;
};
struct planned_take {
    text county;
    uuid lot_id, contribution_id;
    qty left_qty, taken_qty;
};
struct planned_put {
    text county, grade;
    uuid move_id, product_id, place_id, lot_id, contribution_id;
    qty quantity_qty;
    bool sellable;
};
/* Allocations and attributions of one product in an order. */
struct planned_tag {
    text county;
    uuid order_id, shop_id, product_id;
    struct allocation *allocations;
    size_t allocations_count;
    struct attribution *attributions;
    size_t attributions_count;
};
struct planned_due {
    text county, payee_kind, source_kind, state;
    uuid due_id, payee_id, order_id, attribution_id;
    money amount_fen;
};
struct seen_due {
    text county;
    uuid due_id;
    bool settled;
};
struct planned_transfer {
    text county, kind, reference;
    uuid transfer_id;
    struct ledger_entry *entries;
    size_t entries_count;
};
struct planned_finding {
    text county, class, rule, area_code, subject_kind, detail;
    uuid finding_id, subject_id;
    bool blocks_counting;
};

#define PLAN_LIST(type, name)                                                                                          \
    struct type *name;                                                                                                 \
    size_t name##_count, name##_room
struct money_plan {
    text result; /* what the caller is told */
    county_id order_id, return_id;
    text state;
    money refund_fen;
    PLAN_LIST(provider_transaction, transactions);
    PLAN_LIST(planned_refund, refunds);
    PLAN_LIST(paid_purchase, purchases);
    PLAN_LIST(planned_state, states);
    PLAN_LIST(planned_line_state, line_states);
    PLAN_LIST(planned_sale, sales);
    PLAN_LIST(planned_take, takes);
    PLAN_LIST(planned_put, puts);
    PLAN_LIST(planned_tag, tagged);
    PLAN_LIST(planned_due, dues);
    PLAN_LIST(seen_due, dues_seen);
    PLAN_LIST(planned_transfer, transfers);
    PLAN_LIST(planned_finding, findings);
};
extern const struct field money_plan_fields[];

/* A plan under way: room grows by itself, ids are fresh. */
struct planning {
    struct arena *arena;
    struct money_plan *plan;
    struct id_run ids;
};
/* The new item of a list, zeroed. */
#define PLAN_ADD(planning_, list)                                                                                      \
    ((__typeof__((planning_)->plan->list))plan_room((planning_)->arena, (void **)&(planning_)->plan->list,             \
                                                    &(planning_)->plan->list##_count, &(planning_)->plan->list##_room, \
                                                    sizeof *(planning_)->plan->list))
void *plan_room(struct arena *arena, void **items, size_t *count, size_t *room, size_t item_size);

/* Plans what every posting has in common: its transfer, unless it moves nothing. */
void plan_transfer(struct planning *planning, text county, const struct transfer_plan *transfer);
/* The dues of attribution rows and of the shop: one a row, and one each for margin, fee and freight where they are not zero. */
void plan_dues(struct planning *planning, const county_id *order_id, uuid shop_id, text source_kind, text state,
               const struct attribution *rows, size_t rows_count, money freight);
/* Money back to the buyer through the provider that took it; answers the refund's reference as an id. */
uuid plan_refund(struct planning *planning, text provider, text payment_reference, const county_id *order_id,
                 money amount, text cause);

#endif
