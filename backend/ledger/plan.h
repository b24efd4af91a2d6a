/* How builders fill a transfer plan. For this folder only. */
#ifndef LEDGER_PLAN_H
#define LEDGER_PLAN_H

#include "ledger.h"

void plan_begin(struct transfer_plan *plan, struct arena *arena, uuid transfer_id, text kind, uuid reference);
/* Debits one account and credits the other; a negative amount moves the other way, zero not at all. */
void plan_move(struct transfer_plan *plan, struct account debit, struct account credit, money amount);
/* Sums that remember an overflow in the plan. */
money plan_sum(struct transfer_plan *plan, money a, money b);
money plan_difference(struct transfer_plan *plan, money a, money b);
MUST_USE enum problem plan_end(const struct transfer_plan *plan);

#endif
