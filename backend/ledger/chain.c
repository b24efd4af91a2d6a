/* Rows of transfers into a seal, the same way when it is made and when it is proven. */
#include "ledger/chain.h"

enum {
    TRANSFER_ID,
    KIND,
    REFERENCE,
    POSTED_US,
    MADE_BY,
    POSITION,
    DEBIT_KIND,
    DEBIT_HOLDER,
    CREDIT_KIND,
    CREDIT_HOLDER,
    AMOUNT
};

static bool read_id(text hyphenated, uuid *id)
{
    *id = (uuid){0};
    return hyphenated.at == NULL || uuid_parse(hyphenated, id);
}

static bool read_transfer(const struct rows *rows, size_t row, struct ledger_transfer *transfer)
{
    *transfer =
        (struct ledger_transfer){.kind = rows_value(rows, row, KIND), .reference = rows_value(rows, row, REFERENCE)};
    return rows_value(rows, row, TRANSFER_ID).at != NULL &&
           read_id(rows_value(rows, row, TRANSFER_ID), &transfer->transfer_id) &&
           read_id(rows_value(rows, row, MADE_BY), &transfer->made_by) &&
           text_to_int64(rows_value(rows, row, POSTED_US), INT64_MIN, INT64_MAX, &transfer->posted_at);
}

static bool read_entry(const struct rows *rows, size_t row, struct ledger_entry *entry)
{
    *entry = (struct ledger_entry){.debit_kind = rows_value(rows, row, DEBIT_KIND),
                                   .credit_kind = rows_value(rows, row, CREDIT_KIND)};
    return text_to_int64(rows_value(rows, row, POSITION), 1, LEDGER_ENTRIES_MAX, &entry->position) &&
           read_id(rows_value(rows, row, DEBIT_HOLDER), &entry->debit_holder) &&
           read_id(rows_value(rows, row, CREDIT_HOLDER), &entry->credit_holder) &&
           text_to_int64(rows_value(rows, row, AMOUNT), 1, INT64_MAX, &entry->amount_fen);
}

static size_t end_of_transfer(const struct rows *rows, size_t from)
{
    size_t to = from + 1;
    while (to < rows_count(rows) && text_equal(rows_value(rows, to, TRANSFER_ID), rows_value(rows, from, TRANSFER_ID)))
        to++;
    return to;
}

bool chain_add_rows(struct arena *arena, struct ledger_seal *seal, const struct rows *rows, int64_t *transfers,
                    text *broken)
{
    struct ledger_entry *entries = arena_alloc_items(arena, LEDGER_ENTRIES_MAX, sizeof *entries);
    struct ledger_transfer transfer;
    for (size_t from = 0, to; from < rows_count(rows); from = to) {
        to = end_of_transfer(rows, from);
        *broken = rows_value(rows, from, TRANSFER_ID);
        if (!read_transfer(rows, from, &transfer) || to - from > LEDGER_ENTRIES_MAX)
            return false;
        for (size_t row = from; row < to; row++)
            if (!read_entry(rows, row, &entries[row - from]))
                return false;
        transfer.entries = entries;
        transfer.entries_count = to - from;
        if (!ledger_seal_add(seal, &transfer))
            return false;
        *transfers += 1;
    }
    *broken = TEXT_NONE;
    return true;
}
