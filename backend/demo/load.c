/* Making the demo: areas, people, two years of trade, payouts; one commit at the end. Must never touch a database in use. */
#include "db.h"
#include "demo/world.h"
#include "registry.h"

enum { LINES_BIG = 50000 }; /* from here on indexes are built after the rows */

bool demo_size_read(text words, struct demo_size *size)
{
    enum { LINES_MIN = 500, LINES_SMALL = 2000, LINES_MAX = 10000000, LINES_PER_SHOP = 4000 };
    int64_t lines = text_equal(words, TEXT("small")) ? LINES_SMALL : 2000000;
    bool named = text_equal(words, TEXT("small")) || text_equal(words, TEXT("county"));
    if (!named && !text_to_int64(words, LINES_MIN, LINES_MAX, &lines))
        return false;
    int64_t shops = lines / LINES_PER_SHOP < 20 ? 20 : lines / LINES_PER_SHOP > 500 ? 500 : lines / LINES_PER_SHOP;
    *size = (struct demo_size){
        .shops = shops,
        .households = shops == 20 ? 300 : shops * 30,
        .buyers = shops == 20 ? 40 : shops * 10,
        .lines = lines,
    };
    return true;
}

/* Puts back what a load that was broken off took away, looks whether the database is empty, and fills in its areas. */
static enum demo_outcome prepare(struct arena *arena, const char *url)
{
    struct outcome outcome;
    struct db *db = db_open(arena, url);
    if (db == NULL || db_run(db, "demo/tighten", NULL, 0, &outcome) != PROBLEM_NONE ||
        db_run(db, "demo/has_orders", NULL, 0, &outcome) != PROBLEM_NONE) {
        db_close(db);
        return DEMO_FAILED;
    }
    enum demo_outcome found = DEMO_NOT_EMPTY;
    if (text_equal(rows_value(outcome.rows, 0, 0), TEXT("f"))) {
        struct areas_import areas = registry_longnan_areas();
        struct areas_imported imported;
        found = registry_import_areas(db, &areas, &imported) == PROBLEM_NONE ? DEMO_LOADED : DEMO_FAILED;
    }
    db_close(db);
    return found;
}

static void world_sell(struct world *world)
{
    int64_t done = 0;
    size_t shops = (size_t)world->size.shops;
    progress_begin("order lines", world->size.lines);
    for (size_t from = 0; from < shops && !world->sink.failed; from += DEMO_GROUP_SHOPS) {
        size_t count = shops - from < DEMO_GROUP_SHOPS ? shops - from : DEMO_GROUP_SHOPS;
        int64_t until = world->size.lines * (int64_t)(from + count) / (int64_t)shops;
        group_sell(world, &world->shops[from], count, until - done);
        done = until;
    }
    progress_end();
}

static bool run_alone(struct arena *arena, const char *url, const char *settings, const char *statement)
{
    struct outcome outcome;
    struct db *db = db_open(arena, url);
    bool done = db != NULL && db_script(db, text_from(settings), &outcome) == PROBLEM_NONE &&
                db_run(db, statement, NULL, 0, &outcome) == PROBLEM_NONE;
    db_close(db);
    return done;
}

static bool tables_loosen(struct world *world)
{
    return world->size.lines < LINES_BIG ||
           run_alone(world->arena, world->sink.url, "SET client_min_messages = warning", "demo/loosen");
}

static bool tables_tighten(struct world *world)
{
    static const char roomy[] = "SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2; "
                                "SET synchronous_commit = off; SET wal_compression = off; SET work_mem = '256MB'";
    if (world->size.lines >= LINES_BIG)
        fputs("building indexes …\n", stderr);
    static const char *const statements[] = {
        "demo/tighten",        "demo/analyze",           "demo/demand",
        "demo/sample",         "impact/rollup_sales",    "impact/rollup_households",
        "impact/rollup_paid",  "impact/rollup_payments", "impact/rollup_days",
        "impact/rollup_areas", "impact/rollup_years",    "demo/analyze"};
    bool done = true;
    for (size_t i = 0; done && i < sizeof statements / sizeof statements[0]; i++)
        done = run_alone(world->arena, world->sink.url, roomy, statements[i]);
    return done;
}

static bool world_load(struct world *world)
{
    if (!world_read_counties(world) || !tables_loosen(world))
        return false;
    world_calendar(world);
    world_make_staff(world);
    world_make_shops(world);
    world_make_households(world);
    world_make_logins(world);
    world_sell(world);
    world_pay_out(world);
    world_make_cases(world);
    world_make_look_back(world);
    world_complain(world);
    bool kept = sink_commit(&world->sink);
    sink_close(&world->sink);
    return tables_tighten(world) && kept && world_hand_in(world) && world_bill(world) && world_hook(world);
}

enum demo_outcome demo_load(struct arena *arena, const char *superuser_url, const struct demo_order *order)
{
    struct arena *own = arena_new();
    struct world *world = arena_alloc(own, sizeof *world);
    enum demo_outcome outcome = prepare(arena, superuser_url);
    *world = (struct world){
        .arena = own,
        .sink = {.arena = own, .scratch = own, .url = superuser_url},
        .size = order->size,
        .seed = order->seed,
        .random = order->seed,
        .first_day = order->today - DEMO_HISTORY_DAYS,
        .today = order->today,
        .now = day_at(order->today, 0),
    };
    if (outcome == DEMO_LOADED)
        outcome = world_load(world) ? DEMO_LOADED : DEMO_FAILED;
    arena_free(own);
    return outcome;
}

bool demo_verify(struct arena *arena, const char *superuser_url, FILE *to)
{
    struct outcome outcome;
    struct db *db = db_open(arena, superuser_url);
    bool sound = db != NULL && db_run(db, "demo/verify", NULL, 0, &outcome) == PROBLEM_NONE;
    for (size_t i = 0; sound && i < rows_count(outcome.rows); i++) {
        text name = rows_value(outcome.rows, i, 0), found = rows_value(outcome.rows, i, 1),
             expected = rows_value(outcome.rows, i, 2);
        bool differs = expected.at != NULL && !text_equal(found, expected);
        fprintf(to, "  %-36.*s %.*s%s%.*s\n", TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(found),
                differs ? ", but must be " : "", TEXT_ARGUMENTS(differs ? expected : TEXT("")));
        sound = !differs;
    }
    db_close(db);
    return sound;
}

bool demo_load_once(struct arena *arena, const char *superuser_url)
{
    struct demo_order order = {.seed = 2016, .today = instant_business_day(instant_now())};
    must(demo_size_read(TEXT("small"), &order.size));
    return demo_load(arena, superuser_url, &order) != DEMO_FAILED;
}
