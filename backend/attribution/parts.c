/* From attribution rows to what the ledger moves: dues by payee account, and the line's other three parts. */
#include "attribution/rules.h"

static struct account payee_of(const struct attribution *row)
{
    if (!uuid_is_zero(row->household_id))
        return (struct account){ACCOUNT_HOUSEHOLD_PAYABLE, row->household_id};
    if (text_equal(row->supplier_kind, TEXT("cooperative")))
        return (struct account){ACCOUNT_COOPERATIVE, row->supplier_id};
    return (struct account){ACCOUNT_SUPPLIER_PAYABLE, row->supplier_id};
}

static int due_compare(const void *a, const void *b)
{
    const struct ledger_due *one = a, *other = b;
    if (one->payee.kind != other->payee.kind)
        return one->payee.kind < other->payee.kind ? -1 : 1;
    return uuid_compare(one->payee.holder, other->payee.holder);
}

/* Adds up dues of the same payee; sorted, so that transfers lock balance rows in one order. */
static bool dues_gather(struct ledger_parts *parts)
{
    size_t kept = 0;
    qsort(parts->dues, parts->dues_count, sizeof *parts->dues, due_compare);
    for (size_t i = 0; i < parts->dues_count; i++) {
        if (kept > 0 && due_compare(&parts->dues[kept - 1], &parts->dues[i]) == 0) {
            money *sum = &parts->dues[kept - 1].amount_fen;
            if (!money_plus(*sum, parts->dues[i].amount_fen, sum))
                return false;
            continue;
        }
        parts->dues[kept++] = parts->dues[i];
    }
    parts->dues_count = kept;
    return true;
}

enum problem attribution_sum(struct arena *arena, const struct attribution *rows, size_t rows_count,
                             struct ledger_parts *parts)
{
    *parts = (struct ledger_parts){0};
    if (rows_count == 0)
        return PROBLEM_NONE;
    parts->dues = arena_alloc_items(arena, rows_count, sizeof *parts->dues);
    for (size_t i = 0; i < rows_count; i++) {
        const struct attribution *row = &rows[i];
        if (!money_plus(parts->gross_fen, row->gross_fen, &parts->gross_fen) ||
            !money_plus(parts->fee_fen, row->fee_fen, &parts->fee_fen) ||
            !money_plus(parts->freight_fen, row->freight_fen, &parts->freight_fen) ||
            !money_plus(parts->margin_fen, row->margin_fen, &parts->margin_fen))
            return PROBLEM_OVERFLOW;
        if (row->due_fen != 0)
            parts->dues[parts->dues_count++] = (struct ledger_due){payee_of(row), row->due_fen};
    }
    if (parts->dues_count > 0 && !dues_gather(parts))
        return PROBLEM_OVERFLOW;
    return PROBLEM_NONE;
}
