/* shanhuo demo: fills an empty database with a synthetic county. Never touches one that is in use. */
#include "command.h"
#include "demo.h"

static bool order_read(const struct invocation *invocation, struct demo_order *order)
{
    const char *size = invocation_value(invocation, "size"), *seed = invocation_value(invocation, "seed"),
               *today = invocation_value(invocation, "today");
    int64_t number = 2016;
    order->today = instant_business_day(instant_now());
    if (!demo_size_read(text_from(size == NULL ? "small" : size), &order->size))
        fprintf(stderr, "shanhuo demo: --size is \"%s\", but must be small, county or 500 to 10000000 order lines\n",
                size);
    else if (seed != NULL && !text_to_int64(text_from(seed), 0, INT64_MAX, &number))
        fprintf(stderr, "shanhuo demo: --seed is \"%s\", but must be a number\n", seed);
    else if (today != NULL && !day_parse(text_from(today), &order->today))
        fprintf(stderr, "shanhuo demo: --today is \"%s\", but must be a day such as 2016-11-23\n", today);
    else {
        order->seed = (uint64_t)number;
        return true;
    }
    return false;
}

static int load_into(struct arena *arena, const struct database *database, const struct demo_order *order)
{
    instant began_at = instant_now();
    enum demo_outcome outcome = demo_load(arena, database->superuser_url, order);
    if (outcome == DEMO_NOT_EMPTY)
        fputs("shanhuo demo: this database is in use; nothing was changed. Choose an empty one with --data-folder.\n",
              stderr);
    else if (outcome == DEMO_FAILED)
        fputs("shanhuo demo: not loaded; the log lines above say why.\n", stderr);
    if (outcome != DEMO_LOADED)
        return EXIT_FAILURE;
    printf("loaded %lld shops, %lld households, %lld order lines in %lld ms\n", (long long)order->size.shops,
           (long long)order->size.households, (long long)order->size.lines,
           (long long)(instant_now() - began_at) / 1000);
    bool sound = demo_verify(arena, database->superuser_url, stdout);
    if (!sound)
        fputs("shanhuo demo: the books do not agree\n", stderr);
    demo_print_logins(stdout);
    return sound ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int demo_run(const struct invocation *invocation)
{
    struct database database;
    struct demo_order order;
    size_t applied;
    if (!order_read(invocation, &order))
        return EXIT_MISUSE;
    if (!home_enter(invocation->arena) || !config_keys_open(invocation->arena, true) ||
        !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    int code = EXIT_FAILURE;
    if (database.superuser_url == NULL)
        fputs("shanhuo demo: works on the embedded database only; unset DATABASE_URL.\n", stderr);
    else if (database_migrate(&database, &applied))
        code = load_into(invocation->arena, &database, &order);
    database_close(&database);
    return code;
}

static const struct command_option options[] = {
    {"size", "SIZE", "small (2,000 order lines), county (2,000,000) or a number of order lines (default small)"},
    {"seed", "NUMBER", "another number makes another world (default 2016)"},
    {"today", "DAY", "last day of its history (default today)"},
    COMMAND_OPTIONS_END,
};
extern const struct command demo_command;
const struct command demo_command = {"demo",  "fill an empty database with a synthetic county", NULL, 0, 0, options,
                                     demo_run};
