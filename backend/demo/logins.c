/* Who can log in to the demo, with one password that everybody may read. */
#include "accounts.h"
#include "demo/world.h"

#define DEMO_PASSWORD "shanhuo-2016"

struct login {
    uuid account_id;
    const char *login, *display_name, *role;
    const char *areas[DEMO_COUNTIES_COUNT + 1]; /* ends with NULL; none: bound to an organisation or to nothing */
};

#define ALL_COUNTIES                                                                                                   \
    {                                                                                                                  \
        "621221", "621202", "621224"                                                                                   \
    }

static void account_write(struct world *world, uuid id, text login, text display_name, text hash)
{
    struct sink *sink = &world->sink;
    text at = of_instant(sink, day_at(world->first_day - 100, 9));
    SINK_ADD(sink, INTO_ACCOUNTS, of_id(sink, id), login, of_words(sink, "%.*s（演示）", TEXT_ARGUMENTS(display_name)),
             hash, TEXT("demo"), at, at);
}

static void grant_write(struct world *world, uuid account, const char *role, text area, text county, uuid organisation)
{
    struct sink *sink = &world->sink;
    instant at = day_at(world->first_day - 100, 9);
    SINK_ADD(sink, INTO_ROLE_GRANTS, of_id(sink, account), of_id(sink, world_id(world, at)), text_from(role), area,
             county, of_id(sink, organisation), of_day(sink, instant_business_day(at)), of_instant(sink, at));
}

void world_make_staff(struct world *world)
{
    instant at = day_at(world->first_day - 100, 9);
    uuid *const all[] = {&world->staff.administrator, &world->staff.first_officer, &world->staff.second_officer,
                         &world->staff.finance,       &world->staff.inspector,     &world->staff.cadre,
                         &world->staff.second_cadre,  &world->staff.team,          &world->staff.township};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = world_id(world, at);
}

static void officials_write(struct world *world, text hash)
{
    const char *village = world->shops[0].village->code.at;
    const struct login officials[] = {
        {world->staff.administrator, "admin", "系统管理员", "administrator", {""}},
        {world->staff.first_officer, "county1", "成县县级干部甲", "county", ALL_COUNTIES},
        {world->staff.second_officer, "county2", "成县县级干部乙", "county", ALL_COUNTIES},
        {world->staff.finance, "finance", "县级财务", "finance", ALL_COUNTIES},
        {world->staff.inspector, "inspector", "质检员", "inspector", ALL_COUNTIES},
        {world->staff.cadre, "cadre", "村干部甲", "cadre", {village}},
        {world->staff.second_cadre, "cadre2", "村干部乙", "cadre", {village}},
        {world->staff.team, "team", "驻村工作队员", "team", {village}},
        {world_id(world, world->now), "auditor", "审计员", "auditor", {"621221"}},
        {world_id(world, world->now), "evaluator", "第三方评估员", "evaluator", {"621221"}},
        {world_id(world, world->now), "prefecture", "陇南市查看员", "viewer", {"6212"}},
        {world->staff.township,
         "township",
         "乡镇审核员",
         "township",
         {text_terminated(world->arena, text_part(text_from(village), 0, 9))}},
    };
    for (size_t i = 0; i < sizeof officials / sizeof *officials; i++) {
        const struct login *login = &officials[i];
        account_write(world, login->account_id, text_from(login->login), text_from(login->display_name), hash);
        for (size_t a = 0; login->areas[a] != NULL; a++)
            grant_write(world, login->account_id, login->role, text_from(login->areas[a]), TEXT_NONE, (uuid){0});
    }
}

static void operators_write(struct world *world, text hash)
{
    for (size_t i = 0; i < (size_t)world->size.shops; i++) {
        const struct demo_shop *shop = &world->shops[i];
        account_write(world, shop->operator_id, of_words(&world->sink, "shop%zu", i + 1), shop->name, hash);
        grant_write(world, shop->operator_id, "operator", TEXT_NONE, shop->county->code, shop->id);
    }
}

static void buyers_write(struct world *world, text hash)
{
    struct sink *sink = &world->sink;
    instant at = day_at(world->first_day - 50, 9);
    world->buyers = arena_alloc_items(world->arena, (size_t)world->size.buyers, sizeof *world->buyers);
    for (size_t i = 0; i < (size_t)world->size.buyers; i++) {
        uuid id = world->buyers[i] = world_id(world, at);
        text name = synthetic_name(world);
        account_write(world, id, of_words(sink, "buyer%zu", i + 1), name, hash);
        SINK_ADD(sink, INTO_ADDRESSES, of_id(sink, id), of_id(sink, world_id(world, at)), name, synthetic_phone(world),
                 TEXT("621202"), TEXT("演示路 1 号"), of_instant(sink, at));
    }
}

void world_make_logins(struct world *world)
{
    char hash[PASSWORD_HASH_BYTES];
    must(password_hash(TEXT(DEMO_PASSWORD), hash));
    text stored = text_copy(world->arena, text_from(hash));
    const struct demo_household *household = household_with_login(world);
    uuid passbook = world_id(world, world->now);
    officials_write(world, stored);
    operators_write(world, stored);
    buyers_write(world, stored);
    account_write(world, passbook, TEXT("household1"), TEXT("农户存折"), stored);
    grant_write(world, passbook, "household", TEXT_NONE, household->county->code, household->id);
}

void demo_print_logins(FILE *to)
{
    static const struct {
        const char *login, *may;
    } rows[] = {
        {"admin", "users, keys, configuration"},
        {"county1, county2", "county officers: registry, accreditation, payouts (four eyes need both)"},
        {"finance", "payout batches and the bank's results"},
        {"auditor", "everything of Chengxian, read only"},
        {"prefecture", "aggregates of Longnan"},
        {"township", "households of a township"},
        {"cadre, cadre2, team", "households of a village: its cadres and the stationed team"},
        {"inspector", "passes or rejects lots"},
        {"shop1, shop2 ...", "operators, each of an own shop"},
        {"buyer1, buyer2 ...", "buyers; the first two also propose and approve for a school"},
        {"household1", "a household's passbook"},
    };
    fputs("  demo: made-up people in real places (演示数据). Everybody's password is " DEMO_PASSWORD "\n", to);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fprintf(to, "    %-18s %s\n", rows[i].login, rows[i].may);
    struct arena *arena = arena_new();
    fprintf(to, "  a complaint to follow at /complain/follow: %.*s, code " DEMO_COMPLAINT_CODE "\n",
            TEXT_ARGUMENTS(demo_complaint_number(arena)));
    arena_free(arena);
}
