/* config: the table of settings and where each value came from. Must never print or log a secret. */
#include <pwd.h>
#include <unistd.h>

#include "config.h"

enum setting_kind { SETTING_WORDS, SETTING_NUMBER };
enum setting_source { FROM_DEFAULT, FROM_DEMO, FROM_ENVIRONMENT, FROM_FLAG, SOURCES_COUNT };

struct setting_row {
    const char *name; /* the flag is the same with dashes */
    const char *environment;
    const char *initial; /* NULL: not set, or settled by config_load */
    const char *demo;    /* NULL: as initial */
    const char *purpose;
    enum setting_kind kind;
    int64_t min, max;
    const char *const *choices;
    bool secret;
};

struct setting_value {
    const char *words;
    int64_t number;
    enum setting_source source;
};

static const char *const provider_choices[] = {"none", "simulator", NULL};
static const char *const level_choices[] = {"debug", "info", "warn", "error", NULL};
static const char *const source_words[] = {
    [FROM_DEFAULT] = "default", [FROM_DEMO] = "demo", [FROM_ENVIRONMENT] = "environment", [FROM_FLAG] = "flag"};
_Static_assert(sizeof(source_words) / sizeof(source_words[0]) == SOURCES_COUNT, "every source has its word");

#define NUMBER(min_, max_) .kind = SETTING_NUMBER, .min = min_, .max = max_
#define PERIOD NUMBER(0, 10LL * 366 * 86400)

static const struct setting_row settings[] = {
    [SETTING_DATA_FOLDER] = {"data_folder", "SHANHUO_DATA", .purpose = "database, keys, certificate and log"},
    [SETTING_DATABASE_URL] = {"database_url", "DATABASE_URL", .secret = true,
                              .purpose = "another PostgreSQL, as the application's role; unset: the embedded one"},
    [SETTING_DATABASE_OWNER_URL] = {"database_owner_url", "DATABASE_OWNER_URL", .secret = true,
                                    .purpose = "the same as its owner, for migrations"},
    [SETTING_TLS_ADDRESS] = {"tls_address", "SHANHUO_TLS_ADDRESS", "[::]:8443", .demo = "127.0.0.1:8443",
                             .purpose = "HTTP/2 and HTTP/1.1 over TLS; \"none\": not served"},
    [SETTING_PLAIN_ADDRESS] = {"plain_address", "SHANHUO_PLAIN_ADDRESS", "127.0.0.1:8080",
                               .purpose = "without TLS: loopback, or behind a proxy; \"none\": not served"},
    [SETTING_OPERATIONS_ADDRESS] = {"operations_address", "SHANHUO_OPERATIONS_ADDRESS", "127.0.0.1:9090",
                                    .purpose = "healthz, readyz and metrics; never open it to the public"},
    [SETTING_PUBLIC_ORIGIN] = {"public_origin", "SHANHUO_PUBLIC_ORIGIN",
                               .purpose = "what browsers call this site; unset: https://localhost and the TLS port"},
    [SETTING_ORIGINS_ALLOWED] = {"origins_allowed", "SHANHUO_ORIGINS_ALLOWED",
                                 .purpose = "more origins, comma-separated, whose writing requests are accepted"},
    [SETTING_CERTIFICATE_FILE] = {"certificate_file", "SHANHUO_CERTIFICATE_FILE",
                                  .purpose = "PEM chain; unset: one of a local authority in the data folder"},
    [SETTING_KEY_FILE] = {"key_file", "SHANHUO_KEY_FILE", .purpose = "PEM key of the certificate"},
    [SETTING_PAYMENT_PROVIDER] = {"payment_provider", "PAYMENT_PROVIDER", "none", .demo = "simulator",
                                  .choices = provider_choices, .purpose = "who takes the buyers' money"},
    [SETTING_SIMULATOR_SECRET] = {"simulator_secret", "SIMULATOR_SECRET", .secret = true,
                                  .purpose = "signs the simulator's callbacks; unset: a key of the data folder"},
    [SETTING_WEBHOOK_LOOPBACK] = {"webhook_loopback", "SHANHUO_WEBHOOK_LOOPBACK", "0", NUMBER(0, 1), .demo = "1",
                                  .purpose = "1: webhooks may go to this machine, and without TLS; for trying out"},
    [SETTING_THREADS] = {"threads", "SHANHUO_THREADS", "0", NUMBER(0, 64), .purpose = "event loops; 0: one a core"},
    [SETTING_READ_CONNECTIONS] = {"read_connections", "SHANHUO_READ_CONNECTIONS", "1", NUMBER(1, 16),
                                  .purpose = "a thread, pipelined"},
    [SETTING_WRITE_CONNECTIONS] = {"write_connections", "SHANHUO_WRITE_CONNECTIONS", "8", NUMBER(1, 64),
                                   .purpose = "a thread, one transaction each"},
    [SETTING_REPORT_CONNECTIONS] = {"report_connections", "SHANHUO_REPORT_CONNECTIONS", "1", NUMBER(1, 16),
                                    .purpose = "a thread, for long reads"},
    [SETTING_REQUEST_MS] = {"request_ms", "SHANHUO_REQUEST_MS", "10000", NUMBER(100, 600000),
                            .purpose = "the longest a request may take"},
    [SETTING_STOP_MS] = {"stop_ms", "SHANHUO_STOP_MS", "10000", NUMBER(100, 600000),
                         .purpose = "the longest a graceful stop may take"},
    [SETTING_JOBS_TICK_MS] = {"jobs_tick_ms", "SHANHUO_JOBS_TICK_MS", "1000", NUMBER(10, 60000),
                              .purpose = "how often jobs look at the clock and prove that they lead"},
    [SETTING_LOG_LEVEL] = {"log_level", "SHANHUO_LOG_LEVEL", "info", .choices = level_choices,
                           .purpose = "the least that is logged"},
    [SETTING_LOG_FILE] = {"log_file", "SHANHUO_LOG_FILE",
                          .purpose =
                              "unset: standard error, or shanhuo.log in the data folder when that is a terminal"},
    [SETTING_UNSAFE_FAST] = {"unsafe_fast", "SHANHUO_UNSAFE_FAST", "0", NUMBER(0, 1),
                             .purpose = "1: the embedded database may lose data in a crash; for tests only"},
    [SETTING_PAYMENT_DEADLINE_S] = {"payment_deadline_s", "SHANHUO_PAYMENT_DEADLINE_S", "1800", PERIOD,
                                    .purpose = "an unpaid purchase keeps its stock this long"},
    [SETTING_PHONE_DEADLINE_S] = {"phone_deadline_s", "SHANHUO_PHONE_DEADLINE_S", "86400", PERIOD,
                                  .purpose = "an unpaid order taken by phone keeps its stock this long"},
    [SETTING_RETURN_ANSWER_S] = {"return_answer_s", "SHANHUO_RETURN_ANSWER_S", "172800", PERIOD,
                                 .purpose = "a shop should answer a return within this time"},
    [SETTING_RETURN_WINDOW_S] = {"return_window_s", "SHANHUO_RETURN_WINDOW_S", "604800", PERIOD,
                                 .purpose = "after receipt; then dues become payable"},
    [SETTING_RECEIPT_S] = {"receipt_s", "SHANHUO_RECEIPT_S", "864000", PERIOD,
                           .purpose = "after shipping; then the goods count as received"},
    [SETTING_PUBLICITY_S] = {"publicity_s", "SHANHUO_PUBLICITY_S", "604800", PERIOD,
                             .purpose = "how long a public notice takes objections"},
    [SETTING_SHIP_LATE_S] = {"ship_late_s", "SHANHUO_SHIP_LATE_S", "259200", PERIOD,
                             .purpose = "a paid order not shipped by then is late"},
    [SETTING_DUE_OVERDUE_S] = {"due_overdue_s", "SHANHUO_DUE_OVERDUE_S", "2592000", PERIOD,
                               .purpose = "a payable due not paid by then is overdue"},
    [SETTING_COMPLAINT_SORT_S] = {"complaint_sort_s", "SHANHUO_COMPLAINT_SORT_S", "172800", PERIOD,
                                  .purpose = "a complaint should be sorted within this time"},
    [SETTING_COMPLAINT_ANSWER_S] = {"complaint_answer_s", "SHANHUO_COMPLAINT_ANSWER_S", "2592000", PERIOD,
                                    .purpose = "a complaint should be answered within this time"},
    [SETTING_COMPLAINT_REOPEN_S] = {"complaint_reopen_s", "SHANHUO_COMPLAINT_REOPEN_S", "2592000", PERIOD,
                                    .purpose =
                                        "an answered complaint can be opened again by its complainant this long"},
    [SETTING_STATEMENT_DUE_S] = {"statement_due_s", "SHANHUO_STATEMENT_DUE_S", "864000", PERIOD,
                                 .purpose = "after a month's end; then a county's statement of it is late"},
    [SETTING_SESSION_S] = {"session_s", "SHANHUO_SESSION_S", "2592000", PERIOD, .purpose = "a login lasts"},
    [SETTING_TOKEN_S] = {"token_s", "SHANHUO_TOKEN_S", "31622400", PERIOD, .purpose = "a bearer token lasts at most"},
    [SETTING_RESET_CODE_S] = {"reset_code_s", "SHANHUO_RESET_CODE_S", "86400", PERIOD,
                              .purpose = "a one-time code printed by the county lasts"},
    [SETTING_IDEMPOTENCY_S] = {"idempotency_s", "SHANHUO_IDEMPOTENCY_S", "604800", PERIOD,
                               .purpose = "an answer is kept under its Idempotency-Key"},
};
_Static_assert(sizeof(settings) / sizeof(settings[0]) == SETTINGS_COUNT, "every setting has its row");

static struct setting_value values[SETTINGS_COUNT];
static bool demo_values_wanted;

/* "plain-address" is "plain_address". */
static bool flag_is_name(const char *flag, const char *name)
{
    for (; *flag != '\0' && *name != '\0'; flag++, name++)
        if (*flag != *name && !(*flag == '-' && *name == '_'))
            return false;
    return *flag == *name;
}

bool config_set_flag(const char *flag, const char *value)
{
    for (size_t i = 0; i < SETTINGS_COUNT; i++) {
        if (flag_is_name(flag, settings[i].name)) {
            values[i] = (struct setting_value){.words = value, .source = FROM_FLAG};
            return true;
        }
    }
    return false;
}

void config_use_demo_values(void)
{
    demo_values_wanted = true;
}

/* root's installation is the machine's, everybody else's is their own. */
static const char *data_folder_default(struct arena *arena)
{
    if (geteuid() == 0)
        return "/var/lib/shanhuo";
    const char *shared = getenv("XDG_DATA_HOME");
    if (shared != NULL && shared[0] == '/')
        return text_format(arena, "%s/shanhuo", shared).at;
    const char *home = getenv("HOME");
    if (home == NULL || home[0] != '/') {
        const struct passwd *self = getpwuid(geteuid());
        home = self == NULL ? "/tmp" : self->pw_dir;
    }
    return text_format(arena, "%s/.local/share/shanhuo", home).at;
}

static const char *data_folder_absolute(struct arena *arena, const char *folder)
{
    if (folder[0] == '/')
        return folder;
    char here[PATH_BYTES_MAX];
    must(getcwd(here, sizeof(here)) != NULL);
    return text_format(arena, "%s/%s", here, folder).at;
}

static void setting_fill(enum setting setting, struct arena *arena)
{
    const struct setting_row *row = &settings[setting];
    struct setting_value *value = &values[setting];
    if (value->source == FROM_FLAG)
        return;
    const char *words = getenv(row->environment);
    if (words != NULL && words[0] != '\0')
        *value = (struct setting_value){.words = words, .source = FROM_ENVIRONMENT};
    else if (demo_values_wanted && row->demo != NULL)
        *value = (struct setting_value){.words = row->demo, .source = FROM_DEMO};
    else
        *value =
            (struct setting_value){.words = setting == SETTING_DATA_FOLDER ? data_folder_default(arena) : row->initial,
                                   .source = FROM_DEFAULT};
}

static bool choice_is_offered(const char *const *choices, const char *words)
{
    for (; *choices != NULL; choices++)
        if (text_equal(text_from(*choices), text_from(words)))
            return true;
    return false;
}

static void say_what_is_wrong(const struct setting_row *row, const struct setting_value *value)
{
    fprintf(stderr, "shanhuo: %s (%s) is \"%s\", but must be ", row->name,
            value->source == FROM_ENVIRONMENT ? row->environment : source_words[value->source],
            row->secret ? "(set)" : value->words);
    if (row->kind == SETTING_NUMBER) {
        fprintf(stderr, "a whole number from %lld to %lld\n", (long long)row->min, (long long)row->max);
        return;
    }
    fputs("one of:", stderr);
    for (const char *const *choice = row->choices; *choice != NULL; choice++)
        fprintf(stderr, " %s", *choice);
    fputc('\n', stderr);
}

static bool setting_check(enum setting setting)
{
    const struct setting_row *row = &settings[setting];
    struct setting_value *value = &values[setting];
    bool fits = true;
    if (row->kind == SETTING_NUMBER)
        fits = text_to_int64(text_from(value->words), row->min, row->max, &value->number);
    else if (row->choices != NULL)
        fits = choice_is_offered(row->choices, value->words);
    if (!fits)
        say_what_is_wrong(row, value);
    return fits;
}

bool config_load(struct arena *arena)
{
    bool fits = true;
    for (enum setting setting = 0; setting < SETTINGS_COUNT; setting++) {
        setting_fill(setting, arena);
        fits = setting_check(setting) && fits;
    }
    values[SETTING_DATA_FOLDER].words = data_folder_absolute(arena, values[SETTING_DATA_FOLDER].words);
    if (config_count(SETTING_THREADS) == 0)
        values[SETTING_THREADS].number = sysconf(_SC_NPROCESSORS_ONLN);
    return fits;
}

const char *config_text(enum setting setting)
{
    const char *words = values[setting].words;
    return words == NULL || words[0] == '\0' ? NULL : words;
}

int64_t config_count(enum setting setting)
{
    must(settings[setting].kind == SETTING_NUMBER);
    return values[setting].number;
}

enum log_level config_log_level(void)
{
    const char *words = config_text(SETTING_LOG_LEVEL);
    for (int level = LOG_LEVEL_DEBUG; level <= LOG_LEVEL_ERROR; level++)
        if (text_equal(text_from(words), text_from(level_choices[level])))
            return (enum log_level)level;
    return LOG_LEVEL_INFO;
}

text config_period(text name)
{
    for (size_t i = 0; i < SETTINGS_COUNT; i++) {
        text setting = text_from(settings[i].name);
        if (setting.length == name.length + 2 && text_starts_with(setting, name) && text_ends_with(setting, TEXT("_s")))
            return text_from(values[i].words);
    }
    return TEXT_NONE;
}

static const char *value_shown(const struct setting_row *row, const struct setting_value *value)
{
    if (value->words == NULL || value->words[0] == '\0')
        return "-";
    return row->secret ? "(set)" : value->words;
}

static void print_flag(FILE *to, const char *name)
{
    fputs("    --", to);
    for (; *name != '\0'; name++)
        fputc(*name == '_' ? '-' : *name, to);
}

void config_print(FILE *to, bool explained)
{
    for (size_t i = 0; i < SETTINGS_COUNT; i++) {
        const struct setting_row *row = &settings[i];
        fprintf(to, "%-19s %-32s %s\n", row->name, value_shown(row, &values[i]), source_words[values[i].source]);
        if (!explained)
            continue;
        print_flag(to, row->name);
        fprintf(to, ", %s: %s\n", row->environment, row->purpose);
    }
}
