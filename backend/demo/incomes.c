/* What cooperatives share out besides sales: a rule of 3:7 with a guaranteed quarter, and one dividend by it that waits for its approval,
   reckoned by the very function that reckons real ones. */
#include "demo/world.h"
#include "distribution.h"

#define DIVIDEND_STEPS                                                                                                 \
    "[{\"kind\":\"share\",\"to\":\"members\",\"by\":\"shares\",\"ppm\":300000,\"of\":\"pool\",\"minimum_ppm\":250000," \
    "\"minimum_of\":\"income\"},{\"kind\":\"rest\",\"to\":\"organisation\"}]"

enum { RULE_OF_DIVIDEND = 2, POOL_FEN = 4000000, INCOME_FEN = 10000000 };

static struct distribution dividend_reckon(struct arena *arena, const struct cooperative *cooperative)
{
    struct distribution_step steps[] = {{.kind = TEXT("share"),
                                         .to = TEXT("members"),
                                         .by = TEXT("shares"),
                                         .ppm = 300000,
                                         .of = TEXT("pool"),
                                         .minimum_ppm = 250000,
                                         .minimum_of = TEXT("income")},
                                        {.kind = TEXT("rest"), .to = TEXT("organisation")}};
    const struct distribution_rule rule = {steps, sizeof steps / sizeof *steps};
    const struct distribution_pool pool = {.pool_fen = POOL_FEN, .income_fen = INCOME_FEN};
    struct distribution_member members[DEMO_COOPERATIVE_MEMBERS_MAX];
    struct distribution result;
    for (size_t i = 0; i < cooperative->members_count; i++)
        members[i] = (struct distribution_member){.household_id = cooperative->members[i]->id,
                                                  .area_code = cooperative->members[i]->area_code,
                                                  .shares = cooperative->shares[i]};
    must(distribution_evaluate(arena, &rule, &pool, members, cooperative->members_count, &result) == PROBLEM_NONE);
    return result;
}

static text items_of(const struct sink *sink, const struct field *fields, const void *items, size_t count, size_t size)
{
    enum { BYTES_MAX = 16 * 1024 };
    struct bytes json;
    bytes_init(&json, sink->scratch, BYTES_MAX);
    bytes_add_char(&json, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            bytes_add_char(&json, ',');
        encode_json(fields, (const char *)items + i * size, false, &json);
    }
    bytes_add_char(&json, ']');
    return bytes_text(&json);
}

static void lines_write(struct world *world, const struct demo_shop *shop, text id, const struct distribution *result)
{
    const struct sink *sink = &world->sink;
    for (size_t i = 0; i < result->lines_count; i++) {
        const struct distribution_line *line = &result->lines[i];
        SINK_ADD(&world->sink, INTO_DISTRIBUTION_LINES, shop->county->code, id, of_count(sink, (int64_t)i + 1),
                 TEXT("household"), of_id(sink, line->household_id), line->area_code,
                 of_count(sink, line->parts[0].weight), of_count(sink, line->amount_fen),
                 of_count(sink, line->amount_fen),
                 items_of(sink, distribution_part_fields, line->parts, line->parts_count, sizeof *line->parts));
    }
}

static void dividend_propose(struct world *world, const struct demo_shop *shop)
{
    const struct sink *sink = &world->sink;
    const struct cooperative *cooperative = &shop->cooperative;
    struct distribution result = dividend_reckon(sink->scratch, cooperative);
    instant at = day_at(world->today - 3, 15);
    text id = of_id(sink, world_id(world, at));
    SINK_ADD(&world->sink, INTO_DISTRIBUTIONS, shop->county->code, id, of_id(sink, cooperative->id),
             of_count(sink, RULE_OF_DIVIDEND), TEXT("dividend"), TEXT("dividend"), TEXT("光伏电站分红（演示）"),
             of_day(sink, world->today - 365), of_day(sink, world->today - 4), TEXT("paid_in"),
             of_count(sink, result.pool_fen), of_count(sink, INCOME_FEN), of_count(sink, result.organisation_fen),
             of_count(sink, result.villages_fen), of_count(sink, result.households_fen),
             of_count(sink, (int64_t)result.lines_count), TEXT(DIVIDEND_STEPS),
             items_of(sink, distribution_taken_fields, result.steps, result.steps_count, sizeof *result.steps),
             of_id(sink, world->staff.first_officer), of_instant(sink, at));
    lines_write(world, shop, id, &result);
}

static void rule_write(struct world *world, const struct demo_shop *shop)
{
    const struct sink *sink = &world->sink;
    calendar_day from = world->first_day - 30;
    SINK_ADD(&world->sink, INTO_RULES, shop->county->code, of_id(sink, shop->cooperative.id),
             of_count(sink, RULE_OF_DIVIDEND), TEXT("dividend"), TEXT("steps"), of_count(sink, 0), TEXT(DIVIDEND_STEPS),
             of_day(sink, from), TEXT("三七分成，农户不少于收入的百分之二十五"),
             of_id(sink, world->staff.first_officer), of_id(sink, world->staff.second_officer),
             of_instant(sink, day_at(from - 2, 9)));
}

void world_make_incomes(struct world *world, const struct demo_shop *shop, bool is_first_of_county)
{
    rule_write(world, shop);
    if (is_first_of_county && shop->cooperative.members_count > 0)
        dividend_propose(world, shop);
}
