/* COPY streams of the demo. Foreign keys are not checked while it runs: demo_verify and the tests look at the whole afterwards. */
#include "db.h"
#include "demo/sink.h"

#define TABLE_ROW(name_, table_, columns_) [INTO_##name_] = {table_, columns_},
static const struct {
    const char *table, *columns;
} tables[] = {DEMO_TABLES(TABLE_ROW)};
#undef TABLE_ROW
_Static_assert(sizeof tables / sizeof *tables == DEMO_TABLES_COUNT, "a row for each table");

static size_t columns_count(const char *columns)
{
    size_t count = 1;
    for (; *columns != '\0'; columns++)
        count += *columns == ',';
    return count;
}

static bool stream_open(struct sink *sink, enum demo_table table)
{
    struct outcome outcome;
    struct db *db = db_open(sink->arena, sink->url);
    if (db == NULL)
        return false;
    sink->streams[table] = db;
    const char *copy =
        text_format(sink->arena, "COPY %s (%s) FROM STDIN", tables[table].table, tables[table].columns).at;
    return db_script(db,
                     TEXT("SET session_replication_role = replica; SET synchronous_commit = off; "
                          "SET wal_compression = off; BEGIN"),
                     &outcome) == PROBLEM_NONE &&
           db_copy_begin(db, copy);
}

void sink_add(struct sink *sink, enum demo_table table, const text *values, size_t count)
{
    if (sink->failed)
        return;
    if (sink->streams[table] == NULL) {
        must(count == columns_count(tables[table].columns));
        sink->failed = !stream_open(sink, table);
    }
    sink->failed = sink->failed || !db_copy_row(sink->streams[table], values, count);
    sink->rows[table]++;
}

static bool streams_end(struct sink *sink)
{
    bool sound = true;
    for (size_t i = 0; i < DEMO_TABLES_COUNT; i++) {
        struct outcome outcome;
        if (sink->streams[i] == NULL || db_copy_end(sink->streams[i], &outcome))
            continue;
        fprintf(stderr, "shanhuo demo: %s: %s\n", tables[i].table, outcome.message);
        sound = false;
    }
    return sound;
}

bool sink_commit(struct sink *sink)
{
    if (!streams_end(sink) || sink->failed)
        return false;
    for (size_t i = 0; i < DEMO_TABLES_COUNT; i++) {
        struct outcome outcome;
        if (sink->streams[i] != NULL && db_script(sink->streams[i], TEXT("COMMIT"), &outcome) != PROBLEM_NONE)
            return false;
    }
    return true;
}

void sink_close(struct sink *sink)
{
    for (size_t i = 0; i < DEMO_TABLES_COUNT; i++)
        db_close(sink->streams[i]);
}

/* ---- Values ---- */
text of_id(const struct sink *sink, uuid id)
{
    return uuid_is_zero(id) ? TEXT_NONE : uuid_format(sink->scratch, id);
}

text of_count(const struct sink *sink, int64_t count)
{
    enum { DIGITS_MAX = 21 };
    char *end = (char *)arena_alloc(sink->scratch, DIGITS_MAX) + DIGITS_MAX, *at = end;
    uint64_t rest = count < 0 ? 0 - (uint64_t)count : (uint64_t)count;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (count < 0)
        *--at = '-';
    return (text){at, (size_t)(end - at)};
}

text of_instant(const struct sink *sink, instant at)
{
    return at == 0 ? TEXT_NONE : instant_format(sink->scratch, at);
}

text of_day(const struct sink *sink, calendar_day day)
{
    return day == 0 ? TEXT_NONE : day_format(sink->scratch, day);
}

text of_flag(bool flag)
{
    return flag ? TEXT("t") : TEXT("f");
}

text of_words(const struct sink *sink, const char *format, ...)
{
    char words[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    must(length >= 0 && (size_t)length < sizeof words);
    return text_copy(sink->scratch, (text){words, (size_t)length});
}

text of_none(void)
{
    return TEXT_NONE;
}
