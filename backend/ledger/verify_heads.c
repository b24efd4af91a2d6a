/* Heads that were written down against the seals that are there: finds a chain that was cut off or rewritten as a whole. */
#include "ledger/verify.h"

static struct kept_head *kept_add(struct verification *verification, size_t *capacity)
{
    if (verification->kept_count == *capacity) {
        *capacity = *capacity == 0 ? 64 : 2 * *capacity;
        struct kept_head *grown = arena_alloc_items(verification->arena, *capacity, sizeof *grown);
        if (verification->kept_count > 0)
            memcpy(grown, verification->kept, verification->kept_count * sizeof *grown);
        verification->kept = grown;
    }
    return &verification->kept[verification->kept_count++];
}

static enum problem file_refuse(struct verification *verification, int64_t line, const char *what)
{
    verification->proof->broken = text_format(verification->arena, "line %lld of the heads %s", (long long)line, what);
    return PROBLEM_INVALID;
}

/* Blank lines and those that begin with # say nothing; a mark of a spreadsheet or a carriage return does no harm. */
static enum problem file_read(struct verification *verification, text file, size_t *capacity)
{
    text rest = file;
    for (int64_t number = 1; rest.at != NULL; number++) {
        text line = text_trim(text_cut(&rest, '\n')), signature;
        struct ledger_head head;
        if (line.length == 0 || line.at[0] == '#' || (unsigned char)line.at[0] == 0xEF)
            continue;
        if (!ledger_head_read(line, &head, &signature))
            return file_refuse(verification, number, "is none");
        if (!ledger_head_is_signed(verification->arena, &head, signature))
            return file_refuse(verification, number, "is not signed with this installation's key");
        *kept_add(verification, capacity) = (struct kept_head){.head = head, .keeper = "the county's file"};
    }
    return PROBLEM_NONE;
}

static enum problem own_read(struct verification *verification, const struct rows *rows, size_t *capacity)
{
    for (size_t row = 0; row < rows_count(rows); row++) {
        struct ledger_head head = {.county = rows_value(rows, row, 0), .day = rows_value(rows, row, 1)};
        bool read = text_to_int64(rows_value(rows, row, 2), 1, INT64_MAX, &head.number) &&
                    ledger_hash_parse(rows_value(rows, row, 3), head.head) &&
                    ledger_head_is_signed(verification->arena, &head, rows_value(rows, row, 4));
        if (!read)
            verify_say_broken(verification, RANK_CHAIN, head.county, head.number,
                              text_format(verification->arena, "head of %.*s: its signature does not hold",
                                          TEXT_ARGUMENTS(head.day)));
        *kept_add(verification, capacity) = (struct kept_head){.head = head, .keeper = "day_heads"};
    }
    return PROBLEM_NONE;
}

enum problem kept_heads_load(struct verification *verification, struct db *db, text file)
{
    struct outcome own = {0};
    size_t capacity = 0;
    enum problem problem = file_read(verification, file, &capacity);
    db_rows_in(db, verification->arena);
    if (problem == PROBLEM_NONE)
        problem = db_run(db, "ledger/heads_all", NULL, 0, &own);
    return problem == PROBLEM_NONE ? own_read(verification, own.rows, &capacity) : problem;
}

const char *kept_heads_fault(struct verification *verification, text county, int64_t number, text head)
{
    uint8_t stored[LEDGER_HASH_BYTES];
    bool parsed = ledger_hash_parse(head, stored);
    for (size_t i = 0; i < verification->kept_count; i++) {
        struct kept_head *kept = &verification->kept[i];
        if (kept->head.number != number || !text_equal(kept->head.county, county))
            continue;
        kept->seen = true;
        verification->proof->heads++;
        if (!parsed || memcmp(stored, kept->head.head, sizeof stored) != 0)
            return text_format(verification->arena, "its head is not the one kept of %.*s in %s",
                               TEXT_ARGUMENTS(kept->head.day), kept->keeper)
                .at;
    }
    return NULL;
}

void kept_heads_missing(struct verification *verification)
{
    for (size_t i = 0; i < verification->kept_count; i++) {
        const struct kept_head *kept = &verification->kept[i];
        if (!kept->seen)
            verify_say_broken(verification, RANK_CHAIN, kept->head.county, kept->head.number,
                              text_format(verification->arena, "seal %lld: is gone; its head is kept of %.*s in %s",
                                          (long long)kept->head.number, TEXT_ARGUMENTS(kept->head.day), kept->keeper));
    }
}
