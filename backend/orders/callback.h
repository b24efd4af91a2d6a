/* Inside orders: what a provider's callback about a payment or a refund finds and what is planned for it. */
#ifndef ORDERS_CALLBACK_H
#define ORDERS_CALLBACK_H

#include "attribution.h"
#include "orders/plan.h"
#include "payments.h"

/* Goods of one product, grade and place in an order. A product has one shop, so no other order of the purchase draws on its lots. */
struct paid_goods {
    uuid product_id, place_id;
    text grade;
    struct paid_line *lines;
    size_t lines_count;
    struct lot_left *lots;
    size_t lots_count;
    struct supplier *suppliers;
    size_t suppliers_count;
};
struct paying_order {
    county_id order_id;
    uuid shop_id;
    text area_code;
    money goods_fen, freight_fen;
    struct paid_goods *goods;
    size_t goods_count;
};
struct callback_facts {
    text payment_state, purchase_state, known_result;
    money asked_fen;
    uuid buyer_id, purchase_id;
    struct paying_order *orders;
    size_t orders_count;
};
extern const struct field callback_facts_fields[];
decide_function callback_decide;

struct refunded_facts {
    text payment_reference, refund_state, county, area_code, known_result;
    uuid order_id, movement_id; /* movement: the provider's transaction, as an id */
    money amount_fen;
    bool is_given; /* under this number or another of the same money */
};
extern const struct field refunded_facts_fields[];
decide_function refunded_decide;

#endif
