/* Chance, ids and days of the demo: everything follows from the seed and the last day. */
#include "demo/world.h"

int64_t world_below(struct world *world, int64_t bound)
{
    must(bound > 0);
    return (int64_t)(seeded_next(&world->random) % (uint64_t)bound);
}

bool world_chance(struct world *world, int64_t percent)
{
    return world_below(world, 100) < percent;
}

uuid world_id(struct world *world, instant at)
{
    return uuid_from_seed(world->seed, world->ids_made++, at);
}

instant day_at(calendar_day day, int64_t hour)
{
    return business_day_start(day) + hour * DEMO_HOUR_US;
}

int world_month(const struct world *world, calendar_day day)
{
    if (day < world->first_day)
        return 0;
    return world->month_of[day > world->today ? DEMO_HISTORY_DAYS : day - world->first_day];
}

void world_calendar(struct world *world)
{
    int month = 0;
    world->month_starts[0] = world->first_day;
    for (calendar_day day = world->first_day; day <= world->today; day++) {
        struct arena *arena = arena_new();
        if (day > world->first_day && text_ends_with(day_format(arena, day), TEXT("-01")))
            world->month_starts[++month] = day;
        world->month_of[day - world->first_day] = month;
        arena_free(arena);
    }
    world->this_month = month;
    must(month < DEMO_MONTHS_MAX);
}
