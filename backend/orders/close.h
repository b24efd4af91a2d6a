/* Inside orders: what closing a batch of orders plans. */
#ifndef ORDERS_CLOSE_H
#define ORDERS_CLOSE_H

#include "orders/plan.h"

/* From the facts of orders/close_load to the plan that orders/money_apply, payouts/owe and ledger/post write. Pure. */
MUST_USE enum problem orders_close_plan(struct arena *arena, text facts, uuid new_id, text *plan_json,
                                        size_t *orders_count);

#endif
