/* Inside orders: paying for and cancelling a purchase. */
#ifndef ORDERS_PURCHASE_H
#define ORDERS_PURCHASE_H

#include "orders.h"

struct pay_body {
    text provider;
};
struct pay_facts {
    uuid purchase_id, buyer_id; /* buyer_id zero: whoever asks */
    text state;
    money total_fen;
    instant deadline_at;
};
struct pay_plan {
    uuid purchase_id, buyer_id;
    text provider, reference, pay_url;
    money amount_fen;
};
decide_function purchase_pay_decide;
extern const struct field pay_body_fields[], pay_facts_fields[], pay_plan_fields[], pay_answer_fields[];

struct cancel_facts {
    uuid purchase_id;
    text state;
    struct reservation *reservations;
    size_t reservations_count;
};
struct cancel_plan {
    uuid purchase_id;
    text state;
    struct reservation *reservations;
    size_t reservations_count;
};
decide_function purchase_cancel_decide;
extern const struct field cancel_facts_fields[], cancel_plan_fields[], cancel_answer_fields[];

#endif
