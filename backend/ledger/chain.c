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
    AMOUNT,
    PLACE,
    LINK
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

/* Only while it is proven: the transfer stands at its place in the seal, and nothing was put in or taken out. */
static const char *place_fault(const struct chain *chain, const struct rows *rows, size_t row)
{
    int64_t place = chain->transfers + 1;
    text value = rows_value(rows, row, PLACE);
    if (value.at == NULL)
        return "was never sealed";
    if (rows_value(rows, row, KIND).at == NULL)
        return "is gone";
    return text_to_int64(value, place, place, &place) ? NULL
                                                      : "does not follow the one before, whose next place is empty";
}

/* The first place whose hash is another than was kept is where the chain was touched. */
static const char *link_fault(const struct chain *chain, const struct rows *rows, size_t row)
{
    text kept = rows_value(rows, row, LINK);
    uint8_t link[LEDGER_HASH_BYTES];
    if (kept.at == NULL)
        return NULL;
    bool holds = ledger_hash_parse(kept, link) && memcmp(link, ledger_seal_link(chain->seal), sizeof link) == 0;
    return holds ? NULL : "is not what was sealed";
}

static void link_note(struct chain *chain)
{
    bytes_add(chain->links, chain->transfers == 0 ? TEXT("{\"\\\\x") : TEXT(",\"\\\\x"));
    bytes_add(chain->links, ledger_hash_hex(chain->arena, ledger_seal_link(chain->seal)));
    bytes_add_char(chain->links, '"');
}

static bool add_transfer(struct chain *chain, const struct rows *rows, size_t from, size_t to,
                         struct ledger_entry *entries)
{
    struct ledger_transfer transfer;
    if (!read_transfer(rows, from, &transfer) || to - from > LEDGER_ENTRIES_MAX)
        return false;
    for (size_t row = from; row < to; row++)
        if (!read_entry(rows, row, &entries[row - from]))
            return false;
    transfer.entries = entries;
    transfer.entries_count = to - from;
    return ledger_seal_add(chain->seal, &transfer);
}

bool chain_add_rows(struct chain *chain, const struct rows *rows)
{
    struct ledger_entry *entries = arena_alloc_items(chain->arena, LEDGER_ENTRIES_MAX, sizeof *entries);
    bool proves = chain->links == NULL;
    for (size_t from = 0, to; from < rows_count(rows); from = to) {
        to = end_of_transfer(rows, from);
        chain->broken = rows_value(rows, from, TRANSFER_ID);
        chain->fault = proves ? place_fault(chain, rows, from) : NULL;
        if (chain->fault == NULL && !add_transfer(chain, rows, from, to, entries))
            chain->fault = "is damaged";
        if (chain->fault == NULL && proves)
            chain->fault = link_fault(chain, rows, from);
        if (chain->fault != NULL)
            return false;
        if (!proves)
            link_note(chain);
        chain->transfers++;
    }
    chain->broken = TEXT_NONE;
    return true;
}
