/* The demo's looking-back: what a re-verification found wrong in the register, proposed by one officer and waiting for the other. */
#include "demo/world.h"

enum { LOOK_BACK_ROWS_MAX = 9, LOOK_BACK_DAYS_AGO = 2, LOOK_BACK_TRUE_SINCE_DAYS = 120 };

struct correction {
    const struct demo_household *household;
    const char *before, *after, *reason;
};

/* What is found wrong with some: every third of those registered, and whoever was left out. */
static bool correction_of(const struct world *world, const struct demo_household *household, size_t place,
                          struct correction *correction)
{
    const char *status = household_status(household, world->today);
    *correction = (struct correction){household, status, "removed", "核查：名下有商品房（演示）"};
    if (strcmp(status, "registered") == 0)
        return place % 3 == 0;
    correction->after = "registered";
    correction->reason = "漏评（演示）";
    return strcmp(status, "never_registered") == 0;
}

static size_t corrections_find(const struct world *world, struct correction found[static LOOK_BACK_ROWS_MAX])
{
    size_t count = 0;
    const struct demo_county *county = world->shops[0].county;
    for (size_t i = 0; i < (size_t)world->size.households && count < LOOK_BACK_ROWS_MAX; i++)
        if (world->households[i].county == county && correction_of(world, &world->households[i], i, &found[count]))
            count++;
    return count;
}

static void rows_write(struct world *world, uuid id, const struct correction *found, size_t count)
{
    const struct sink *sink = &world->sink;
    for (size_t i = 0; i < count; i++)
        SINK_ADD(&world->sink, INTO_LOOK_BACK_ROWS, world->shops[0].county->code, of_id(sink, id),
                 of_id(sink, found[i].household->id), text_from(found[i].before), text_from(found[i].after),
                 of_day(sink, world->today - LOOK_BACK_TRUE_SINCE_DAYS), text_from(found[i].reason));
}

void world_make_look_back(struct world *world)
{
    struct correction found[LOOK_BACK_ROWS_MAX];
    const struct sink *sink = &world->sink;
    size_t count = corrections_find(world, found), added = 0;
    for (size_t i = 0; i < count; i++)
        added += strcmp(found[i].after, "registered") == 0;
    instant at = world->now - LOOK_BACK_DAYS_AGO * DEMO_DAY_US;
    uuid id = world_id(world, at);
    text county = world->shops[0].county->code, rows = of_count(sink, (int64_t)count),
         officer = of_id(sink, world->staff.first_officer);
    SINK_ADD(&world->sink, INTO_IMPORTS, county, of_id(sink, id), TEXT("look_backs"), TEXT("回头看.csv"), TEXT("演示"),
             TEXT("{\"title\":\"回头看（演示）\",\"source\":\"" DEMO_SOURCE "\"}"), of_flag(false), of_flag(false),
             TEXT("done"), rows, rows, TEXT("{\"stopped\":false,\"errors_count\":0,\"problems\":[]}"), officer,
             of_instant(sink, at), of_instant(sink, at));
    SINK_ADD(&world->sink, INTO_LOOK_BACKS, county, of_id(sink, id), TEXT("回头看（演示）"), TEXT(DEMO_SOURCE), rows,
             of_count(sink, (int64_t)(count - added)), of_count(sink, (int64_t)added), officer, of_instant(sink, at));
    rows_write(world, id, found, count);
}
