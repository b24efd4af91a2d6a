/* Inside orders: taking back from future dues what a household was paid for goods that were given back. */
#ifndef ORDERS_CLAW_BACK_H
#define ORDERS_CLAW_BACK_H

#include "orders/plan.h"

struct kept_row {
    uuid product_id;
    struct attributed sold;
};
struct claw_back_facts {
    text state;
    bool is_own;
    county_id order_id;
    uuid claw_back_id, household_id, shop_id;
    money amount_fen, payable_fen;
    struct kept_row *rows;
    size_t rows_count;
};
struct claw_back_body {
    bool accepted;
    text answer;
};
extern const struct field claw_back_facts_fields[], claw_back_body_fields[];
decide_function claw_back_decide;

#endif
