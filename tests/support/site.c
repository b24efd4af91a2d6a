/* A small site for tests of http: one route of each shape over one table. `site PLAIN TLS OPERATIONS` inside `cluster`; certificates
   go to the folder $SITE_FOLDER. Serves until SIGTERM. */
#include <fcntl.h>
#include <unistd.h>

#include "base.h"
#include "db.h"
#include "http.h"

/* ---- Statements, as the build would embed them ---- */

struct embedded {
    const char *name, *at, *end;
};
#define STATEMENT(variable, name_, sql_)                                                                               \
    static const char variable##_sql[] = sql_;                                                                         \
    static struct embedded variable##_embedded __attribute__((section("statements"), used, aligned(8))) = {            \
        name_, variable##_sql, variable##_sql + sizeof variable##_sql - 1}

STATEMENT(list, "site/list",
          "SELECT name, amount, noted_at, name AS cursor FROM things WHERE name > coalesce(:cursor::text, '') "
          "ORDER BY name LIMIT :limit::bigint");
STATEMENT(show, "site/show", "SELECT name, amount, version, noted_at FROM things WHERE name = :thing");
STATEMENT(create, "site/create",
          "INSERT INTO things (name, amount, noted_at) VALUES (:name, :amount::bigint, :now::timestamptz) "
          "RETURNING name, amount, version");
STATEMENT(change, "site/change",
          "UPDATE things SET amount = :amount::bigint, version = version + 1 WHERE name = :thing AND (version = "
          ":if_match::bigint OR "
          "refuse('stale')) RETURNING name, amount, version");
STATEMENT(take_load, "site/take_load", "SELECT name, amount FROM things WHERE name = :thing");
STATEMENT(take_apply, "site/take_apply",
          "UPDATE things SET amount = amount - (:plan::jsonb ->> 'take')::bigint WHERE name = :plan::jsonb ->> 'name'");
STATEMENT(login_load, "site/login_load", "SELECT :login AS login");
STATEMENT(login_apply, "site/login_apply",
          "INSERT INTO things (name, amount, noted_at) VALUES ('login ' || :new_id::text, (:plan::jsonb ->> "
          "'good')::boolean::int, :now::timestamptz)");
STATEMENT(me, "site/me", "SELECT :actor_id::text AS account, :actor_areas::text[]::text AS areas");
STATEMENT(slow, "site/slow", "SELECT pg_sleep(2) IS NULL AS slept");
STATEMENT(notify, "site/notify", "SELECT pg_notify('things', '') IS NULL AS told");
STATEMENT(session, "site/session",
          "SELECT account_id, id AS session_id, csrf, by_token, expires_at, grants FROM site_sessions WHERE token_hash "
          "= :token_hash");
STATEMENT(
    claim, "site/claim",
    "WITH old AS (SELECT request_hash, status, body FROM site_keys WHERE actor_id = :actor_id::uuid AND key = "
    ":idempotency_key), "
    "lock AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtext(:actor_id::text || :idempotency_key)) AS taken) "
    "SELECT CASE WHEN NOT lock.taken THEN 'running' WHEN old.request_hash IS NULL THEN 'new' "
    "WHEN old.request_hash <> :request_hash THEN 'reused' ELSE 'replay' END AS state, old.status, old.body "
    "FROM lock LEFT JOIN old ON true");
STATEMENT(store, "site/store",
          "INSERT INTO site_keys (actor_id, key, request_hash, status, body) VALUES (:actor_id::uuid, "
          ":idempotency_key, :request_hash, :answer_status::int, :answer_body)");

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS things (name text PRIMARY KEY, amount bigint NOT NULL CONSTRAINT "
    "things_amount__out_of_stock CHECK (amount >= 0), "
    "version bigint NOT NULL DEFAULT 1, noted_at timestamptz NOT NULL);"
    "CREATE TABLE IF NOT EXISTS site_sessions (token_hash text, account_id uuid, id uuid, csrf text, by_token boolean, "
    "expires_at timestamptz, grants json);"
    "CREATE TABLE IF NOT EXISTS site_keys (actor_id uuid, key text, request_hash text, status int, body text, PRIMARY "
    "KEY (actor_id, key));"
    "GRANT ALL ON things, site_sessions, site_keys TO PUBLIC;"
    "CREATE OR REPLACE FUNCTION refuse(slug text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION USING "
    "ERRCODE = 'SH001', MESSAGE = slug; END$$;"
    "INSERT INTO things (name, amount, noted_at) SELECT 'thing ' || to_char(n, 'FM0000'), n, '2026-11-23 "
    "03:15:36.5+00' FROM generate_series(1, 500) n ON CONFLICT DO NOTHING;"
    "INSERT INTO site_sessions SELECT encode(sha256(convert_to(token, 'UTF8')), 'hex'), "
    "'018f2f6e-0000-7000-8000-000000000001', "
    "'018f2f6e-0000-7000-8000-000000000002', 'crumb', by_token, timestamptz '2100-01-01 00:00:00+00', "
    "'[{\"role\":\"operator\",\"area_code\":\"621202\"},{\"role\":\"auditor\",\"area_code\":\"6212\"}]' "
    "FROM (VALUES ('cookie-secret', false), ('token-secret', true)) AS tokens (token, by_token);";

/* ---- Routes ---- */

struct thing {
    text name;
    int64_t amount;
};
static const struct field thing_fields[] = {
    FIELD(thing, name, FIELD_TEXT, .max = 40),
    FIELD(thing, amount, FIELD_QTY),
    FIELDS_END,
};
static const struct field amount_fields[] = {FIELD(thing, amount, FIELD_QTY), FIELDS_END};

struct take {
    int64_t take;
};
static const struct field take_fields[] = {FIELD(take, take, FIELD_QTY, .min = 1, .max = 1000000), FIELDS_END};
struct take_plan {
    text name;
    int64_t take, left;
};
static const struct field take_plan_fields[] = {
    FIELD(take_plan, name, FIELD_TEXT),
    FIELD(take_plan, take, FIELD_QTY),
    FIELDS_END,
};
static const struct field take_answer_fields[] = {FIELD(take_plan, left, FIELD_QTY), FIELDS_END};

static enum problem take_decide(const struct request *request, const void *facts_, void *plan_,
                                struct problems *problems)
{
    const struct thing *facts = facts_;
    const struct take *body = request->body;
    struct take_plan *plan = plan_;
    if (body->take > facts->amount) {
        problems_add(problems, TEXT("/take"), "too-many",
                     text_format(request->arena, "%lld", (long long)facts->amount));
        return PROBLEM_OUT_OF_STOCK;
    }
    *plan = (struct take_plan){facts->name, body->take, facts->amount - body->take};
    return PROBLEM_NONE;
}

struct login {
    text login, password;
};
static const struct field login_fields[] = {
    FIELD(login, login, FIELD_TEXT),
    FIELD(login, password, FIELD_TEXT),
    FIELDS_END,
};
struct login_facts {
    text login;
};
static const struct field login_facts_fields[] = {FIELD(login_facts, login, FIELD_TEXT), FIELDS_END};
struct login_plan {
    bool good;
};
static const struct field login_plan_fields[] = {FIELD(login_plan, good, FIELD_BOOL), FIELDS_END};

static enum problem login_offload(const struct request *request, const void *facts, void *plan,
                                  struct problems *problems)
{
    (void)facts, (void)problems;
    ((struct login_plan *)plan)->good = text_equal(((const struct login *)request->body)->password, TEXT("sesame"));
    usleep(20000);
    return PROBLEM_NONE;
}

static enum problem login_decide(const struct request *request, const void *facts, void *plan,
                                 struct problems *problems)
{
    (void)facts, (void)problems;
    request->reply->applies_refusal = true;
    if (!((struct login_plan *)plan)->good)
        return PROBLEM_WRONG_PASSWORD;
    request->reply->session_token = TEXT("cookie-secret");
    return PROBLEM_NONE;
}

static const struct route site_routes[] = {
    {GET, "/things", MAY_ANYONE, LANE_READ, .load = "site/list", .shape = ANSWER_LIST, .cache_ms = 1000,
     .cache_tag = "things"},
    {GET, "/fresh", MAY_ANYONE, LANE_READ, .load = "site/list", .shape = ANSWER_LIST},
    {GET, "/things/{thing}", MAY_ANYONE, LANE_READ, .load = "site/show"},
    {POST, "/things", MAY_ANYONE, LANE_WRITE, .body = thing_fields, .load = "site/create", .status = 201,
     .idempotent = true},
    {PUT, "/things/{thing}", MAY_SELL, LANE_WRITE, .body = amount_fields, .load = "site/change", .versioned = true},
    {POST, "/things/{thing}/take", MAY_ANYONE, LANE_WRITE, .body = take_fields, .body_size = sizeof(struct take),
     .load = "site/take_load", .facts = thing_fields, .facts_size = sizeof(struct thing), .decide = take_decide,
     .apply = {"site/take_apply"}, .plan = take_plan_fields, .plan_size = sizeof(struct take_plan),
     .answer = take_answer_fields},
    {POST, "/login", MAY_ANYONE, LANE_WRITE, .body = login_fields, .body_size = sizeof(struct login),
     .load = "site/login_load", .facts = login_facts_fields, .facts_size = sizeof(struct login_facts),
     .offload = login_offload, .decide = login_decide, .apply = {"site/login_apply"}, .plan = login_plan_fields,
     .plan_size = sizeof(struct login_plan), .shape = ANSWER_NONE},
    {GET, "/me", MAY_SELL, LANE_READ, .load = "site/me"},
    {GET, "/slow", MAY_ANYONE, LANE_REPORT, .load = "site/slow"},
    {POST, "/notify", MAY_ANYONE, LANE_WRITE, .load = "site/notify"},
    ROUTES_END,
};

static text no_period(text name)
{
    return text_equal(name, TEXT("session")) ? TEXT("3600") : TEXT_NONE;
}

static bool schema_make(void)
{
    struct arena *arena = arena_new();
    struct outcome outcome = {0};
    struct db *db = db_open(arena, getenv("DATABASE_SUPERUSER_URL"));
    const bool made = db != NULL && db_script(db, text_from(schema), &outcome) == PROBLEM_NONE;
    if (!made)
        log_error("schema_failed", LOG_TEXT("message", text_from(outcome.message)));
    db_close(db);
    arena_free(arena);
    return made;
}

int main(int count, char **arguments)
{
    static char certificate[512], key[512];
    const char *folder = getenv("SITE_FOLDER");
    if (count < 4 || folder == NULL || getenv("DATABASE_URL") == NULL)
        return 2;
    log_open(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), LOG_LEVEL_INFO);
    statements_init();
    if (!schema_make() || !http_certificate_ensure(folder, NULL))
        return 1;
    snprintf(certificate, sizeof certificate, "%s/server.pem", folder);
    snprintf(key, sizeof key, "%s/server.key", folder);
    return http_serve(&(struct http_settings){
        .route_tables = (const struct route *const[]){site_routes, NULL},
        .database_url = getenv("DATABASE_URL"),
        .plain_address = arguments[1],
        .tls_address = arguments[2],
        .operations_address = arguments[3],
        .certificate_file = certificate,
        .key_file = key,
        .public_origin = "https://localhost",
        .threads = 2,
        .read_connections = 1,
        .write_connections = 4,
        .report_connections = 1,
        .session_statement = "site/session",
        .claim_statement = "site/claim",
        .answer_statement = "site/store",
        .topics = (const char *const[]){"things", "sessions", NULL},
        .period = no_period,
        .request_ms_max = 5000,
        .stop_ms_max = 5000,
    });
}
