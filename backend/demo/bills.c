/* The demo's bills: finance of the first county handed in those of the last days, by the statement that takes them. */
#include "db.h"
#include "demo/world.h"

enum { TAKEN_AT_HOUR = 0 };

static bool bill_take(struct world *world, struct db *db, text county, text on, text body)
{
    struct outcome outcome = {0};
    calendar_day day;
    if (!day_parse(on, &day))
        return false;
    instant at = day_at(day + 1, TAKEN_AT_HOUR);
    return DB_RUN(db, "bills/take", &outcome, {"county", county}, {"provider", TEXT("simulator")}, {"day", on},
                  {"body", body}, {"actor_areas", TEXT("{\"\"}")}, {"now", instant_format(world->arena, at)},
                  {"actor_id", uuid_format(world->arena, world->staff.finance)},
                  {"new_id", uuid_format(world->arena, world_id(world, at))}) == PROBLEM_NONE;
}

bool world_bill(struct world *world)
{
    struct outcome days = {0};
    struct db *db = db_open(world->arena, world->sink.url);
    bool done = db != NULL &&
                DB_RUN(db, "demo/bill_days", &days, {"today", day_format(world->arena, world->today)}) == PROBLEM_NONE;
    for (size_t row = 0; done && row < rows_count(days.rows); row++)
        done =
            bill_take(world, db, world->counties[0].code, rows_value(days.rows, row, 0), rows_value(days.rows, row, 1));
    if (db != NULL)
        db_close(db);
    return done;
}
