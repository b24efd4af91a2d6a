/* A lane: a fixed number of connections, a bounded queue before them, and one rule for who goes next. No call waits. */
#include "db/berth.h"
#include "db/rows.h"
#include "db/statement.h"

/* Above what PostgreSQL itself allows a statement: then it does not answer at all. */
enum { WATCH_EVERY_MS = 1000, SILENCE_MS_MAX = 3000 };

/* ---- Lists of flights ---- */

void flights_add(struct flights *flights, struct flight *flight)
{
    flight->next = NULL;
    if (flights->last == NULL)
        flights->first = flight;
    else
        flights->last->next = flight;
    flights->last = flight;
}

struct flight *flights_take(struct flights *flights)
{
    struct flight *flight = flights->first;
    if (flight == NULL)
        return NULL;
    flights->first = flight->next;
    if (flights->first == NULL)
        flights->last = NULL;
    flight->next = NULL;
    return flight;
}

/* ---- Timers ---- */

static void lane_free_when_drained(struct lane *lane)
{
    int timers = lane->timers;
    for (int i = 0; i < lane->settings.connections; i++)
        timers += lane->berths[i].link.timers;
    if (lane->closed && timers == 0)
        arena_free(lane->arena);
}

void lane_drained(struct lane *lane)
{
    lane_free_when_drained(lane);
}

static void lane_after(struct lane *lane, int64_t ms, void (*run)(void *owner))
{
    lane->timers++;
    lane->loop->after(lane->loop, ms, run, lane);
}

/* False: closed meanwhile, touch nothing more. */
static bool lane_timer_ran(struct lane *lane)
{
    lane->timers--;
    if (!lane->closed)
        return true;
    lane_free_when_drained(lane);
    return false;
}

/* ---- Landing ---- */

static void lane_land_all(struct lane *lane)
{
    struct flight *flight;
    while ((flight = flights_take(&lane->landed)) != NULL) {
        lane->counts.landed++;
        flight->landed(flight);
    }
}

static void lane_land(void *owner)
{
    struct lane *lane = owner;
    lane->landing_soon = false;
    lane_land_all(lane);
    (void)lane_timer_ran(lane); /* last: an owner may close the lane as its flight lands */
}

void lane_landed(struct lane *lane, struct flight *flight)
{
    flights_add(&lane->landed, flight);
    if (lane->landing_soon || lane->closed)
        return;
    lane->landing_soon = true;
    lane_after(lane, 0, lane_land);
}

static void lane_lose(struct lane *lane, struct flight *flight, const char *why)
{
    for (size_t i = 0; i < flight->queries_count; i++)
        outcome_set_lost(&flight->outcomes[i], why);
    lane_landed(lane, flight);
}

/* ---- Who goes next ---- */

bool lane_is_pipelined(const struct lane *lane)
{
    return lane->settings.depth > 1;
}

bool lane_is_up(const struct lane *lane)
{
    return lane->counts.connections_up > 0 && lane->proved && !lane->closed;
}

/* The emptiest one, so that reads spread before they queue behind each other. */
static struct berth *lane_free_berth(struct lane *lane)
{
    struct berth *best = NULL;
    for (int i = 0; i < lane->settings.connections; i++) {
        struct berth *berth = &lane->berths[i];
        if (berth_is_free(berth) && (best == NULL || berth->in_air_count < best->in_air_count))
            best = berth;
    }
    return best;
}

static struct flight *lane_next_waiting(struct lane *lane)
{
    struct flight *flight = flights_take(&lane->waiting);
    if (flight != NULL)
        lane->waiting_count--;
    return flight;
}

void lane_berth_changed(struct lane *lane)
{
    struct berth *berth;
    struct flight *flight;
    while (!lane_is_up(lane) && (flight = lane_next_waiting(lane)) != NULL)
        lane_lose(lane, flight, "the database is away");
    while (lane->waiting_count > 0 && (berth = lane_free_berth(lane)) != NULL) {
        flight = lane_next_waiting(lane);
        if (flight->abandoned)
            lane_landed(lane, flight);
        else
            berth_send(berth, flight);
    }
}

/* PostgreSQL's text has no NUL, and libpq would cut the value there: it must not become another, shorter value. */
static bool query_has_nul(const struct query *query)
{
    for (size_t i = 0; i < query->statement->parameters_count; i++)
        if (query->values[i].length > 0 && memchr(query->values[i].at, '\0', query->values[i].length) != NULL)
            return true;
    return false;
}

static bool lane_refuse_nul(struct lane *lane, struct flight *flight)
{
    size_t query = 0;
    while (query < flight->queries_count && !query_has_nul(&flight->queries[query]))
        query++;
    if (query == flight->queries_count)
        return false;
    for (size_t i = 0; i < flight->queries_count; i++)
        flight->outcomes[i].kind = OUTCOME_SKIPPED;
    flight->outcomes[query] =
        (struct outcome){.kind = OUTCOME_REFUSED, .sqlstate = "22021", .message = "a value holds a NUL"};
    lane_landed(lane, flight);
    return true;
}

static enum problem lane_refuse(struct lane *lane)
{
    lane->counts.refused++;
    return PROBLEM_UNAVAILABLE;
}

/* Its berth waits for it, so it needs no queue. */
static void lane_send_to_berth(struct lane *lane, struct flight *flight)
{
    struct berth *berth = flight->berth;
    must(berth->lane == lane && berth->held && berth->in_air_count == 0);
    if (!berth->broken) {
        berth_send(berth, flight);
        return;
    }
    berth->held = berth->broken = false;
    flight->berth = NULL;
    lane_lose(lane, flight, "the connection of this transaction went");
    lane_berth_changed(lane);
}

enum problem lane_send(struct lane *lane, struct flight *flight)
{
    must(flight->queries_count > 0 && flight->queries_count <= FLIGHT_QUERIES_MAX);
    must(!(flight->keeps_transaction && lane_is_pipelined(lane)));
    memset(flight->outcomes, 0, sizeof flight->outcomes);
    if (lane->closed || (flight->berth == NULL && !lane_is_up(lane)))
        return lane_refuse(lane);
    struct berth *berth = flight->berth == NULL && lane->waiting_count == 0 ? lane_free_berth(lane) : NULL;
    if (flight->berth == NULL && berth == NULL && lane->waiting_count >= lane->settings.waiting_max)
        return lane_refuse(lane);
    lane->counts.sent++;
    if (lane_refuse_nul(lane, flight))
        return PROBLEM_NONE;
    if (flight->berth != NULL) {
        lane_send_to_berth(lane, flight);
    } else if (berth != NULL) {
        berth_send(berth, flight);
    } else {
        flights_add(&lane->waiting, flight);
        lane->waiting_count++;
    }
    return PROBLEM_NONE;
}

/* ---- The Sync at the end of a turn ---- */

static void lane_sync(void *owner)
{
    struct lane *lane = owner;
    if (!lane_timer_ran(lane))
        return;
    lane->sync_soon = false;
    for (int i = 0; i < lane->settings.connections; i++)
        berth_sync(&lane->berths[i]);
}

void lane_sync_soon(struct lane *lane)
{
    if (lane->sync_soon)
        return;
    lane->sync_soon = true;
    lane_after(lane, 0, lane_sync);
}

/* ---- The watch: a database that neither answers nor hangs up ---- */

static void lane_watch_again(void *owner)
{
    struct lane *lane = owner;
    bool in_air = false;
    if (!lane_timer_ran(lane))
        return;
    const instant silent_since = instant_now() - (lane->settings.statement_ms_max + SILENCE_MS_MAX) * 1000;
    for (int i = 0; i < lane->settings.connections; i++) {
        struct berth *berth = &lane->berths[i];
        if (berth->in_air_count > 0 && berth->heard_at < silent_since)
            link_fail(&berth->link, TEXT("it does not answer"));
        in_air = in_air || berth->in_air_count > 0;
    }
    lane->watching = in_air;
    if (in_air)
        lane_after(lane, WATCH_EVERY_MS, lane_watch_again);
}

void lane_watch(struct lane *lane)
{
    if (lane->watching || lane->settings.statement_ms_max == 0)
        return;
    lane->watching = true;
    lane_after(lane, WATCH_EVERY_MS, lane_watch_again);
}

/* ---- Life ---- */

struct lane *lane_open(const struct lane_settings *settings, const struct loop *loop)
{
    struct arena *arena = arena_new();
    struct lane *lane = arena_alloc(arena, sizeof *lane);
    must(settings->connections > 0 && settings->depth > 0 && settings->waiting_max >= 0);
    statements_init();
    *lane = (struct lane){.arena = arena, .settings = *settings, .loop = loop, .proved = !settings->prepares_all};
    lane->settings.application_name = text_terminated(arena, text_from(settings->application_name));
    lane->scratch = arena_alloc(arena, SCRATCH_BYTES_MAX);
    lane->berths = arena_alloc_items(arena, (size_t)settings->connections, sizeof *lane->berths);
    const struct session *session = session_new(arena, settings->url, lane->settings.application_name,
                                                settings->statement_ms_max, settings->idle_transaction_ms_max);
    for (int i = 0; i < settings->connections; i++)
        berth_open(&lane->berths[i], lane, session);
    return lane;
}

struct lane_counts lane_counts(const struct lane *lane)
{
    struct lane_counts counts = lane->counts;
    counts.waiting = lane->waiting_count;
    return counts;
}

/* Whatever is still under way lands now, as lost. */
void lane_close(struct lane *lane)
{
    lane->closed = true;
    for (int i = 0; i < lane->settings.connections; i++)
        link_close(&lane->berths[i].link);
    lane_berth_changed(lane);
    lane_land_all(lane);
    lane_free_when_drained(lane);
}
