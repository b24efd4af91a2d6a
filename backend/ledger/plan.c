/* A transfer plan under way: entries one by one, each with one positive amount. */
#include "ledger/plan.h"

void plan_begin(struct transfer_plan *plan, struct arena *arena, uuid transfer_id, text kind, uuid reference)
{
    *plan = (struct transfer_plan){
        .transfer_id = transfer_id, .kind = kind, .reference = uuid_format(arena, reference), .arena = arena};
}

static struct ledger_entry *plan_entry(struct transfer_plan *plan)
{
    if (plan->entries_count == plan->entries_capacity) {
        size_t capacity = plan->entries_capacity == 0 ? 8 : plan->entries_capacity * 2;
        struct ledger_entry *more = arena_alloc_items(plan->arena, capacity, sizeof *more);
        if (plan->entries_count > 0)
            memcpy(more, plan->entries, plan->entries_count * sizeof *more);
        plan->entries = more;
        plan->entries_capacity = capacity;
    }
    must(plan->entries_count < LEDGER_ENTRIES_MAX);
    return &plan->entries[plan->entries_count++];
}

void plan_move(struct transfer_plan *plan, struct account debit, struct account credit, money amount)
{
    if (amount == 0)
        return;
    if (amount < 0) {
        plan_move(plan, credit, debit, plan_difference(plan, 0, amount));
        return;
    }
    struct ledger_entry *entry = plan_entry(plan);
    *entry = (struct ledger_entry){
        .position = (int64_t)plan->entries_count,
        .debit_kind = account_kind_name(debit.kind),
        .debit_holder = debit.holder,
        .credit_kind = account_kind_name(credit.kind),
        .credit_holder = credit.holder,
        .amount_fen = amount,
    };
}

money plan_sum(struct transfer_plan *plan, money a, money b)
{
    money sum = 0;
    if (!money_plus(a, b, &sum)) {
        plan->overflowed = true;
        return 0;
    }
    return sum;
}

money plan_difference(struct transfer_plan *plan, money a, money b)
{
    money difference = 0;
    if (!money_minus(a, b, &difference)) {
        plan->overflowed = true;
        return 0;
    }
    return difference;
}

enum problem plan_end(const struct transfer_plan *plan)
{
    return plan->overflowed ? PROBLEM_OVERFLOW : PROBLEM_NONE;
}
