/* Jobs of payments: the outbox. A call may go out twice, never not at all; whoever is called knows it by its transaction or reference. */
#include "payments/provider.h"

static text column(const struct rows *rows, size_t row, const char *name)
{
    int at = rows_column(rows, name);
    return at < 0 ? TEXT_NONE : rows_value(rows, row, (size_t)at);
}

/* The simulator calls us as a stranger would, over HTTP. */
static bool deliver_callback(struct arena *arena, text path, text body, instant now, text *why)
{
    const struct payments_settings *settings = payments_settings();
    text url = text_format(arena, "%.*s%.*s", TEXT_ARGUMENTS(settings->own_address), TEXT_ARGUMENTS(path));
    return call_post(arena, url, settings->simulator_secret, body, now, why);
}

static bool ask_refund(struct arena *arena, text name, text body, instant now, text *why)
{
    const struct payment_provider *provider = payment_provider_find(name);
    if (provider != NULL)
        return provider->refund(arena, body, now, why);
    *why = TEXT("this provider is not open here");
    return false;
}

static enum problem outbox_note(struct db *db, instant now, text outbox_id, bool taken, text why, struct arena *arena)
{
    struct outcome outcome = {0};
    text at = instant_format(arena, now);
    if (taken)
        return DB_RUN(db, "payments/outbox_done", &outcome, {"now", at}, {"outbox_id", outbox_id});
    log_warn("outbox_call_failed", LOG_TEXT("outbox_id", outbox_id), LOG_TEXT("why", why));
    return DB_RUN(db, "payments/outbox_again", &outcome, {"now", at}, {"outbox_id", outbox_id}, {"why", why});
}

static enum problem outbox_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome due = {0};
    enum problem problem = DB_RUN(db, "payments/outbox_due", &due, {"now", instant_format(arena, now)});
    for (size_t row = 0; problem == PROBLEM_NONE && row < rows_count(due.rows); row++) {
        text body = column(due.rows, row, "body"), why = TEXT_NONE;
        bool refund = text_equal(column(due.rows, row, "kind"), TEXT("refund"));
        /* Signed with the time of the call, not of the batch. */
        instant at = instant_now();
        bool taken = refund ? ask_refund(arena, column(due.rows, row, "provider"), body, at, &why)
                            : deliver_callback(arena, column(due.rows, row, "path"), body, at, &why);
        problem = outbox_note(db, at, column(due.rows, row, "outbox_id"), taken, why, arena);
    }
    return problem;
}

static enum problem sweep_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    return DB_RUN(db, "payments/outbox_sweep", &outcome, {"now", instant_format(arena, now)});
}

const struct job payments_jobs[] = {
    {.name = "payments/outbox", .every_ms = 250, .run = outbox_run},
    {.name = "payments/sweep", .every_ms = 3600000, .run = sweep_run},
    JOBS_END,
};
