/* What must hold in one county's books beside its chain: balances, floors, sums. */
#include "ledger/verify.h"

static text kinds_with(struct arena *arena, enum account_floor least)
{
    struct bytes kinds;
    bytes_init(&kinds, arena, 1024);
    for (enum account_kind kind = 0; kind < ACCOUNT_KINDS_COUNT; kind++) {
        if (account_kind_floor(kind) < least)
            continue;
        bytes_add_char(&kinds, kinds.length == 0 ? '{' : ',');
        bytes_add(&kinds, account_kind_name(kind));
    }
    bytes_add_char(&kinds, '}');
    return bytes_text(&kinds);
}

enum problem verify_books(struct verification *verification, struct db *db, text county)
{
    struct outcome outcome = {0};
    struct arena *arena = arena_new();
    db_rows_in(db, arena);
    enum problem problem = DB_RUN(db, "ledger/verify_rows", &outcome, {"county", county},
                                  {"floors", kinds_with(arena, FLOOR_PROVEN)}, {"kept", kinds_with(arena, FLOOR_KEPT)});
    if (problem == PROBLEM_NONE && rows_count(outcome.rows) > 0)
        verify_say_broken(verification, RANK_BOOKS, county, 0,
                          text_format(arena, "%.*s (%.*s, expected %.*s)",
                                      TEXT_ARGUMENTS(rows_value(outcome.rows, 0, 0)),
                                      TEXT_ARGUMENTS(rows_value(outcome.rows, 0, 1)),
                                      TEXT_ARGUMENTS(rows_value(outcome.rows, 0, 2))));
    db_rows_in(db, NULL);
    arena_free(arena);
    return problem;
}
