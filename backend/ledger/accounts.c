/* The kinds of accounts by name and floor, and the check every transfer must pass before it is posted. */
#include "ledger.h"

#define ACCOUNT_ROW(kind, words, floor_) [kind] = {{words, sizeof words - 1}, floor_},
static const struct {
    text name;
    enum account_floor floor;
} account_kinds[] = {ACCOUNT_KINDS(ACCOUNT_ROW)};
#undef ACCOUNT_ROW
_Static_assert(sizeof account_kinds / sizeof *account_kinds == ACCOUNT_KINDS_COUNT, "a row for each kind");

text account_kind_name(enum account_kind kind)
{
    must(kind < ACCOUNT_KINDS_COUNT);
    return account_kinds[kind].name;
}

enum account_floor account_kind_floor(enum account_kind kind)
{
    must(kind < ACCOUNT_KINDS_COUNT);
    return account_kinds[kind].floor;
}

enum account_kind account_kind_from(text name)
{
    enum account_kind kind = 0;
    while (kind < ACCOUNT_KINDS_COUNT && !text_equal(account_kinds[kind].name, name))
        kind++;
    return kind;
}

static bool entry_is_sound(const struct ledger_entry *entry, int64_t position)
{
    bool two_accounts =
        !text_equal(entry->debit_kind, entry->credit_kind) || !uuid_equal(entry->debit_holder, entry->credit_holder);
    return two_accounts && entry->amount_fen > 0 && entry->position == position &&
           account_kind_from(entry->debit_kind) != ACCOUNT_KINDS_COUNT &&
           account_kind_from(entry->credit_kind) != ACCOUNT_KINDS_COUNT;
}

static bool account_is(const struct account *account, text kind, uuid holder)
{
    return text_equal(account_kind_name(account->kind), kind) && uuid_equal(account->holder, holder);
}

static bool balance_after(const struct transfer_plan *plan, const struct ledger_balance *before, money *after)
{
    *after = before->balance_fen;
    for (size_t i = 0; i < plan->entries_count; i++) {
        const struct ledger_entry *entry = &plan->entries[i];
        if (account_is(&before->account, entry->debit_kind, entry->debit_holder) &&
            !money_minus(*after, entry->amount_fen, after))
            return false;
        if (account_is(&before->account, entry->credit_kind, entry->credit_holder) &&
            !money_plus(*after, entry->amount_fen, after))
            return false;
    }
    return account_kind_floor(before->account.kind) == FLOOR_NONE || *after >= 0;
}

bool ledger_check(const struct transfer_plan *plan, struct ledger_balance *balances, size_t count)
{
    money after;
    if (plan->overflowed)
        return false;
    for (size_t i = 0; i < plan->entries_count; i++)
        if (!entry_is_sound(&plan->entries[i], (int64_t)i + 1))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!balance_after(plan, &balances[i], &after))
            return false;
    for (size_t i = 0; i < count; i++) {
        must(balance_after(plan, &balances[i], &after));
        balances[i].balance_fen = after;
    }
    return true;
}

const struct field ledger_entry_fields[] = {
    FIELD(ledger_entry, position, FIELD_COUNT, .min = 1, .max = LEDGER_ENTRIES_MAX),
    FIELD(ledger_entry, debit_kind, FIELD_TEXT),
    FIELD(ledger_entry, debit_holder, FIELD_UUID),
    FIELD(ledger_entry, credit_kind, FIELD_TEXT),
    FIELD(ledger_entry, credit_holder, FIELD_UUID),
    FIELD(ledger_entry, amount_fen, FIELD_FEN, .min = 1, .max = INT64_MAX),
    FIELDS_END,
};
const struct field transfer_plan_fields[] = {
    FIELD(transfer_plan, transfer_id, FIELD_UUID),
    FIELD(transfer_plan, kind, FIELD_TEXT),
    FIELD(transfer_plan, reference, FIELD_TEXT),
    FIELD_ITEMS(transfer_plan, entries, ledger_entry, ledger_entry_fields, .max = LEDGER_ENTRIES_MAX),
    FIELDS_END,
};
