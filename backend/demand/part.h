/* Inside demand: ordering one part of an approved purchase list. */
#ifndef DEMAND_PART_H
#define DEMAND_PART_H

#include "orders.h"

struct part_facts {
    text problem; /* why it can't be ordered; absent: it can */
    uuid buyer_id;
    struct checkout_line *lines;
    size_t lines_count;
    struct checkout_facts checkout;
};

decide_function part_order_decide;
extern const struct field part_facts_fields[];

#endif
