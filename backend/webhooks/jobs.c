/* Jobs of webhooks: fan out, send, sweep. A message may come twice, never not at all: it is claimed before it is sent, and a claim that
   nobody ended comes back. */
#include "config.h"
#include "registry.h"
#include "webhooks/hooks.h"

enum { WAIT_MS = 50, CLAIM_S = 60, SIGNATURES_MAX = 2 };

struct webhook_ended {
    text county, outcome;
    uuid webhook_id, event_id;
    int64_t attempt, status, took_ms, again_s;
};
static const struct field ended_fields[] = {
    FIELD(webhook_ended, county, FIELD_TEXT),
    FIELD(webhook_ended, webhook_id, FIELD_UUID),
    FIELD(webhook_ended, event_id, FIELD_UUID),
    FIELD(webhook_ended, attempt, FIELD_COUNT),
    FIELD(webhook_ended, outcome, FIELD_TEXT),
    FIELD(webhook_ended, status, FIELD_COUNT),
    FIELD(webhook_ended, took_ms, FIELD_COUNT),
    FIELD(webhook_ended, again_s, FIELD_COUNT),
    FIELDS_END,
};

static text column(const struct rows *rows, size_t row, const char *name)
{
    int at = rows_column(rows, name);
    return at < 0 ? TEXT_NONE : rows_value(rows, row, (size_t)at);
}

static int64_t number(const struct rows *rows, size_t row, const char *name)
{
    int64_t value = 0;
    must(text_to_int64(column(rows, row, name), 0, INT32_MAX, &value));
    return value;
}

static uuid id(const struct rows *rows, size_t row, const char *name)
{
    uuid value;
    must(uuid_parse(column(rows, row, name), &value));
    return value;
}

/* "v1,… v1,…": by the secret, and for a day by the one before it. */
static text signatures_of(const struct webhook_message *message, const struct rows *rows, size_t row,
                          struct arena *arena)
{
    static const char *const columns[SIGNATURES_MAX] = {"secret_sealed", "old_secret_sealed"};
    struct personal_place place = webhook_secret_place(message->county, message->webhook_id);
    text all = TEXT(""), event_id = uuid_format(arena, message->event_id);
    for (size_t i = 0; i < SIGNATURES_MAX; i++) {
        text sealed, secret, bytea = column(rows, row, columns[i]);
        if (bytea.at == NULL)
            continue;
        must(personal_from_bytea(arena, bytea, &sealed) &&
             personal_open(config_personal_keys(), &place, sealed, arena, &secret));
        text one = webhook_signature(arena, secret, event_id, message->timestamp, message->body);
        all = text_format(arena, "%.*s%s%.*s", TEXT_ARGUMENTS(all), all.length == 0 ? "" : " ", TEXT_ARGUMENTS(one));
    }
    return all;
}

static enum problem send_due(struct db *db, struct arena *arena, instant now)
{
    struct outcome due = {0};
    size_t room = webhook_calls_free();
    if (room == 0)
        return PROBLEM_NONE;
    enum problem problem =
        DB_RUN(db, "webhooks/claim", &due, {"now", instant_format(arena, now)},
               {"free", text_format(arena, "%zu", room)}, {"claim_s", text_format(arena, "%d", CLAIM_S)});
    for (size_t row = 0; problem == PROBLEM_NONE && row < rows_count(due.rows); row++) {
        struct webhook_message message = {
            .county = column(due.rows, row, "county"),
            .webhook_id = id(due.rows, row, "webhook_id"),
            .event_id = id(due.rows, row, "event_id"),
            .address = column(due.rows, row, "address"),
            .body = column(due.rows, row, "body"),
            .attempt = number(due.rows, row, "attempts"),
            .before = number(due.rows, row, "attempts_before"),
            .timestamp = text_format(arena, "%lld", (long long)(now / 1000000)),
        };
        message.signatures = signatures_of(&message, due.rows, row, arena);
        webhook_call_begin(&message);
    }
    return problem;
}

static void ended_add(struct bytes *list, const struct webhook_answer *answer)
{
    struct webhook_ended ended = {
        .county = answer->county,
        .webhook_id = answer->webhook_id,
        .event_id = answer->event_id,
        .attempt = answer->attempt,
        .outcome = text_from(webhook_outcome_words[answer->outcome]),
        .status = answer->status,
        .took_ms = answer->took_ms,
        .again_s = webhook_delay_s(answer->outcome, answer->attempt - answer->before),
    };
    bytes_add_char(list, list->length == 1 ? ' ' : ',');
    encode_json(ended_fields, &ended, false, list);
}

static enum problem note_ended(struct db *db, struct arena *arena)
{
    struct webhook_answer answers[WEBHOOK_CALLS_MAX];
    struct outcome outcome = {0};
    struct bytes list;
    size_t count = webhook_calls_ended(answers, WAIT_MS, arena);
    if (count == 0)
        return PROBLEM_NONE;
    bytes_init(&list, arena, WEBHOOK_CALLS_MAX * 512);
    bytes_add_char(&list, '[');
    for (size_t i = 0; i < count; i++)
        ended_add(&list, &answers[i]);
    bytes_add_char(&list, ']');
    return DB_RUN(db, "webhooks/ended", &outcome, {"now", instant_format(arena, instant_now())},
                  {"plan", bytes_text(&list)});
}

/* What ended is noted first: should the database be away then, the claims come back by themselves. */
static enum problem send_run(struct db *db, struct arena *arena, instant now)
{
    enum problem problem = note_ended(db, arena);
    return problem == PROBLEM_NONE ? send_due(db, arena, now) : problem;
}

static enum problem fan_out_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    return DB_RUN(db, "webhooks/fan_out", &outcome, {"now", instant_format(arena, now)});
}

static enum problem sweep_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    return DB_RUN(db, "webhooks/sweep", &outcome, {"now", instant_format(arena, now)});
}

const struct job webhooks_jobs[] = {
    {.name = "webhooks/fan_out", .every_ms = 500, .run = fan_out_run},
    {.name = "webhooks/send", .every_ms = 250, .run = send_run},
    {.name = "webhooks/sweep", .every_ms = 3600000, .run = sweep_run},
    JOBS_END,
};
