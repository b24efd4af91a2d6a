/* Failed refunds that are asked for again: the same shape as facts and as plan. For this folder only. */
#ifndef ORDERS_REFUND_AGAIN_H
#define ORDERS_REFUND_AGAIN_H

#include "payments.h"

struct refund_again {
    struct planned_refund *refunds;
    size_t refunds_count;
};
extern const struct field refund_again_fields[];
decide_function refund_again_decide;

#endif
