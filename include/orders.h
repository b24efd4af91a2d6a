/* orders: cart, checkout, purchases, orders, shipping, returns; and the row that a payment provider calls back on. Whoever else makes
   orders (an operator on the phone, a unit from its list) goes through checkout_decide, orders/checkout_apply and nothing else. */
#ifndef ORDERS_H
#define ORDERS_H

#include "db.h"

extern const struct route orders_routes[];
extern const struct job orders_jobs[];

/* ---- A checkout: what it is asked, what it knows and what it plans ---- */

struct delivery_address {
    text recipient, phone, area_code, street;
};
struct checkout_line {
    county_id offer_id;
    int64_t packs;
    money price_fen; /* what the buyer saw; 0: takes any price */
};
struct checkout_body {
    struct checkout_line *lines;
    size_t lines_count;
    uuid address_id;
    struct delivery_address address;
};

struct offered {
    county_id offer_id, shop_id;
    text shop_name, grade, name;
    uuid product_id, place_id;
    qty pack_qty, left_qty;
    money price_fen;
    int64_t packs_per_buyer_max, gross_weight_ppm, platform_fee_ppm;
    bool on_sale;
};
struct freight_rule {
    county_id shop_id;
    text destination;
    qty first_g, further_g;
    money first_fen, further_fen;
    bool delivered;
};
struct checkout_facts {
    int64_t payment_deadline_s, phone_deadline_s;
    struct delivery_address address;
    bool area_known;
    struct offered *offers;
    size_t offers_count;
    struct freight_rule *freights;
    size_t freights_count;
};

/* Stock to hold or to give back: a row of plan.reservations. */
struct reservation {
    text county, grade;
    uuid product_id, place_id;
    qty quantity_qty;
};
struct planned_line {
    uuid order_line_id, product_id, place_id;
    county_id offer_id;
    int64_t position, packs, platform_fee_ppm;
    text grade, name;
    qty pack_qty;
    money price_fen, line_gross_fen;
};
struct planned_order {
    county_id order_id, shop_id;
    text shop_name;
    money goods_fen, freight_fen;
    struct planned_line *lines;
    size_t lines_count;
};
struct checkout_plan {
    uuid purchase_id;
    text state;
    money total_fen;
    instant deadline_at;
    text recipient, phone, destination_code, street;
    /* Of an order taken by phone: the buyer who has no account, the operator, and the code that pays. */
    uuid buyer_id, placed_by;
    text channel, pay_code;
    struct planned_order *orders;
    size_t orders_count;
    struct reservation *reservations;
    size_t reservations_count;
};

decide_function checkout_decide;
extern const struct field checkout_body_fields[], checkout_facts_fields[], checkout_plan_fields[],
    checkout_answer_fields[];
extern const struct field reservation_fields[], delivery_address_fields[], offered_fields[], freight_rule_fields[];

#endif
