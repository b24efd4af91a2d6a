/* Inside orders: giving money back for an order, whoever asked for it. */
#ifndef ORDERS_REFUND_H
#define ORDERS_REFUND_H

#include "orders/plan.h"

struct line_due {
    uuid due_id;
    bool settled;
};
struct goods_source {
    uuid allocation_id, lot_id, contribution_id;
    bool sellable; /* the lot passed and has not expired: what comes back may be sold again */
};
struct refund_line {
    uuid order_line_id, product_id, place_id;
    text grade;
    int64_t packs, served_packs, refunded_packs;
    money line_gross_fen, refunded_fen, spared_fen;
    struct attributed *sold;
    size_t sold_count;
    struct line_due *dues;
    size_t dues_count;
    struct goods_source *sources;
    size_t sources_count;
};
struct refund_order {
    county_id order_id;
    uuid shop_id;
    text area_code, state, provider, payment_reference;
    money goods_fen, freight_fen, refunded_fen;
    struct refund_line *lines;
    size_t lines_count;
};
struct return_facts {
    text return_state, cause;
    uuid order_line_id;
    int64_t return_packs;
    money asked_fen;
    struct refund_order of_order;
};
struct return_body {
    bool accepted, goods_back;
    text answer;
    money refund_fen, freight_fen; /* 0: what the packs cost; none */
};
struct order_cancel_facts {
    struct refund_order of_order;
};
extern const struct field return_facts_fields[], return_body_fields[], order_cancel_facts_fields[];
decide_function return_decide, order_cancel_decide;

#endif
