/* Lists and reports as files for people, XLSX and PDF, and reports as CSV. Runs on threads of its own: they turn rows into a table, hand it
   to a process that writes the file, and wait for it; the loop never does. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/csv.h"
#include "base/table.h"
#include "http/exchange.h"
#include "http/parameters.h"

enum { RENDER_MS_MAX = 40000, PIECE_BYTES = 64 * 1024 };

static const struct file_kind {
    const char *name, *content_type;
} file_kinds[PAGE_FORMATS_COUNT] = {
    [PAGE_CSV] = {"csv", "text/csv; charset=utf-8"},
    [PAGE_XLSX] = {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    [PAGE_PDF] = {"pdf", "application/pdf"},
};

/* ---- Facts above the table ---- */

static bool has_fact(const struct table *table, text head)
{
    for (size_t i = 0; i < table->facts_count; i++)
        if (text_equal(table->facts[i].name, head))
            return true;
    return false;
}

static void add_fact(struct table *table, text name, text value)
{
    text head = field_words(name, table->language);
    if (value.at != NULL && table->facts_count < TABLE_FACTS_MAX && !has_fact(table, head))
        table->facts[table->facts_count++] = (struct table_fact){head, value};
}

/* What every row of a report repeats about the report itself. */
static bool is_fact(text name)
{
    static const char *const names[] = {"area",
                                        "from_on",
                                        "to_on",
                                        "formula",
                                        "as_of",
                                        "method",
                                        "level_words",
                                        "reconciliation_words",
                                        "batch_title",
                                        "batch_state",
                                        "reconciles",
                                        "report",
                                        "month",
                                        "statement_edition",
                                        "statement_state",
                                        "statement_reason",
                                        "statement_hash",
                                        "handed_in_at",
                                        "unit_name",
                                        "year"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_equal(name, text_from(names[i])))
            return true;
    return false;
}

static bool is_left_out(text name)
{
    static const char *const names[] = {"problem", "problem_pointer", "problem_message", "cursor"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_equal(name, text_from(names[i])))
            return true;
    return false;
}

static enum table_kind kind_named(text name, bool is_number)
{
    if (!is_number)
        return TABLE_WORDS;
    if (text_ends_with(name, TEXT("_fen")))
        return TABLE_YUAN;
    return text_ends_with(name, TEXT("_ppm")) ? TABLE_SHARE : TABLE_COUNT;
}

static void add_column(struct table *table, struct arena *arena, text name, bool is_number)
{
    enum table_kind kind = kind_named(name, is_number);
    text head = field_words(name, table->language);
    if (kind == TABLE_YUAN)
        head = text_format(arena, table->language == LANGUAGE_ZH ? "%.*s（元）" : "%.*s (yuan)", TEXT_ARGUMENTS(head));
    table->columns[table->columns_count++] = (struct table_column){name, head, kind};
}

/* ---- Words of values ---- */

/* Business is done in Shanghai, so paper says its time. */
static text local_time(struct arena *arena, text instant_words)
{
    instant at;
    struct bytes iso;
    bytes_init(&iso, arena, 64);
    bytes_add(&iso, text_part(instant_words, 0, 10));
    bytes_add_char(&iso, 'T');
    text clock = text_part(instant_words, 11, instant_words.length);
    bool is_utc = text_ends_with(clock, TEXT("+00"));
    bytes_add(&iso, is_utc ? text_part(clock, 0, clock.length - 3) : clock);
    bytes_add(&iso, is_utc ? TEXT("Z") : TEXT(""));
    if (!instant_parse(bytes_text(&iso), &at))
        return text_copy(arena, instant_words);
    text shifted = instant_format(arena, at + INT64_C(8) * 3600 * 1000000);
    return text_format(arena, "%.*s %.*s", TEXT_ARGUMENTS(text_part(shifted, 0, 10)),
                       TEXT_ARGUMENTS(text_part(shifted, 11, 5)));
}

static text yes_or_no(bool yes, enum language language)
{
    static const char *const words[2][LANGUAGES_COUNT] = {{"否", "no"}, {"是", "yes"}};
    return text_from(words[yes][language]);
}

static text row_words(struct arena *arena, enum column_kind kind, text value, enum language language)
{
    if (value.at == NULL)
        return TEXT_NONE;
    switch (kind) {
    case COLUMN_BOOL:
        return yes_or_no(value.at[0] == 't', language);
    case COLUMN_INSTANT:
        return local_time(arena, value);
    case COLUMN_TEXT:
        return value_words(value, language);
    case COLUMN_INT:
    case COLUMN_DATE:
    case COLUMN_JSON:
        break;
    }
    return value;
}

/* ---- A table of rows ---- */

static bool is_constant(const struct rows *rows, size_t column)
{
    text first = rows_count(rows) == 0 ? TEXT_NONE : rows_value(rows, 0, column);
    for (size_t row = 1; row < rows_count(rows); row++)
        if (!text_equal(first, rows_value(rows, row, column)))
            return false;
    return first.at != NULL;
}

static void table_of_rows(struct table *table, struct arena *arena, const struct rows *rows, size_t rows_max)
{
    size_t sources[TABLE_COLUMNS_MAX];
    for (size_t i = 0; i < rows_columns(rows) && table->columns_count < TABLE_COLUMNS_MAX; i++) {
        text name = text_from(rows_name(rows, i));
        enum column_kind kind = rows_kind(rows, i);
        if (is_left_out(name) || kind == COLUMN_JSON)
            continue;
        if (is_fact(name) && is_constant(rows, i)) {
            add_fact(table, name, row_words(arena, kind, rows_value(rows, 0, i), table->language));
            continue;
        }
        sources[table->columns_count] = i;
        add_column(table, arena, name, kind == COLUMN_INT);
    }
    table->rows_count = rows_count(rows) > rows_max ? rows_max : rows_count(rows);
    table->cells = arena_alloc_items(arena, table->rows_count * table->columns_count + 1, sizeof *table->cells);
    for (size_t row = 0; row < table->rows_count; row++)
        for (size_t i = 0; i < table->columns_count; i++)
            table->cells[row * table->columns_count + i] =
                row_words(arena, rows_kind(rows, sources[i]), rows_value(rows, row, sources[i]), table->language);
}

/* ---- A table of a plan: its one list, its other fields above ---- */

const struct field *plan_list(const struct route *route)
{
    const struct field *list = NULL;
    if (route->method == GET && route->shape == ANSWER_PLAN)
        for (const struct field *field = route->answer; field != NULL && field->name != NULL; field++)
            if (field->kind == FIELD_LIST)
                list = field;
    return list;
}

/* Figures that may be missing come as JSON: a number or null. */
static bool is_number_field(const struct field *field)
{
    bool may_be_null = field->kind == FIELD_JSON && (text_ends_with(text_from(field->name), TEXT("_fen")) ||
                                                     text_ends_with(text_from(field->name), TEXT("_ppm")));
    return may_be_null || field->kind == FIELD_COUNT || field->kind == FIELD_FEN || field->kind == FIELD_QTY;
}

static text field_cell(struct arena *arena, const struct field *field, const void *from, enum language language)
{
    text words = encode_words(field, from, arena);
    if (field->kind == FIELD_BOOL)
        return yes_or_no(text_equal(words, TEXT("true")), language);
    if (field->kind == FIELD_INSTANT)
        return local_time(arena, words);
    return field->kind == FIELD_TEXT ? value_words(words, language) : words;
}

static void add_plan_facts(struct table *table, struct arena *arena, const struct field *fields, const void *plan)
{
    for (const struct field *field = fields; field->name != NULL; field++) {
        bool is_structure = field->kind == FIELD_LIST || field->kind == FIELD_OBJECT ||
                            (field->kind == FIELD_JSON && !is_number_field(field));
        text words = is_structure ? TEXT_NONE : field_cell(arena, field, plan, table->language);
        int64_t fen;
        if (words.at != NULL && field->kind == FIELD_FEN && text_to_int64(words, INT64_MIN, INT64_MAX, &fen))
            words = text_format(arena, "%.*s", TEXT_ARGUMENTS(money_format_yuan(arena, fen)));
        add_fact(table, text_from(field->name), words);
    }
}

static void table_of_plan(struct table *table, struct arena *arena, const struct field *list, const struct route *route,
                          const char *plan)
{
    const char *items = *(const char *const *)(plan + list->offset);
    const struct field *columns[TABLE_COLUMNS_MAX];
    add_plan_facts(table, arena, route->answer, plan);
    for (const struct field *field = list->fields; field->name != NULL; field++) {
        columns[table->columns_count] = field;
        add_column(table, arena, text_from(field->name), is_number_field(field));
    }
    table->rows_count = *(const size_t *)(plan + list->count_offset);
    table->cells = arena_alloc_items(arena, table->rows_count * table->columns_count + 1, sizeof *table->cells);
    for (size_t row = 0; row < table->rows_count; row++)
        for (size_t i = 0; i < table->columns_count; i++)
            table->cells[row * table->columns_count + i] =
                field_cell(arena, columns[i], items + row * list->item_size, table->language);
}

/* ---- What was asked for, where the rows do not say it ---- */

static void add_asked(struct exchange *exchange, struct table *table)
{
    for (const struct field *field = exchange->route->query; field != NULL && field->name != NULL; field++)
        if (strcmp(field->name, "by") != 0)
            add_fact(table, text_from(field->name), decoded_parameter(exchange->decoded_path, text_from(field->name)));
    add_fact(table, TEXT("as_of"), local_time(exchange->arena, instant_format(exchange->arena, exchange->request.now)));
}

static text last_segment(text path)
{
    text segment = path;
    for (text rest = path; rest.at != NULL;)
        segment = text_cut(&rest, '/');
    return segment;
}

static void add_area(struct exchange *exchange, struct table *table)
{
    const struct rows *rows = exchange->flight.queries_count > 1 ? exchange->flight.outcomes[1].rows : NULL;
    if (rows != NULL && rows_count(rows) > 0)
        add_fact(table, TEXT("area"), rows_value(rows, 0, 0));
}

static struct table *make_table(struct exchange *exchange)
{
    struct table *table = arena_alloc(exchange->arena, sizeof *table);
    const struct field *list = plan_list(exchange->route);
    const char *title = exchange->route->titles[exchange->request.language];
    table->language = exchange->request.language;
    table->title = title == NULL ? last_segment(text_from(exchange->route->path)) : text_from(title);
    add_area(exchange, table);
    if (list != NULL)
        table_of_plan(table, exchange->arena, list, exchange->route, exchange->plan);
    else
        table_of_rows(table, exchange->arena, exchange->flight.outcomes[0].rows, (size_t)exchange->page.limit);
    add_asked(exchange, table);
    return table;
}

/* ---- The process that writes it ---- */

struct writing {
    pid_t process;
    int into, from; /* its input and output */
    text table;
    struct bytes *file;
    int64_t until_us;
};

static bool start_writer(struct writing *writing, const char *format)
{
    int input[2], output[2];
    if (pipe2(input, O_CLOEXEC) != 0)
        return false;
    if (pipe2(output, O_CLOEXEC) != 0) {
        close(input[0]);
        close(input[1]);
        return false;
    }
    const char *const words[] = {"shanhuo", "render", format, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1); /* no socket, no log, no key file */
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawn(&writing->process, "/proc/self/exe", &actions, &attributes, (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(input[0]);
    close(output[1]);
    writing->into = input[1];
    writing->from = output[0];
    fcntl(writing->into, F_SETFL, O_NONBLOCK);
    if (error != 0) {
        log_error("render_not_started", LOG_TEXT("why", text_from(strerror(error))));
        close(writing->into);
        close(writing->from);
    }
    return error == 0;
}

static void feed(struct writing *writing)
{
    ssize_t written = write(writing->into, writing->table.at, writing->table.length);
    if (written > 0)
        writing->table = (text){writing->table.at + written, writing->table.length - (size_t)written};
    bool is_over = writing->table.length == 0 || (written < 0 && errno != EAGAIN && errno != EINTR);
    if (is_over) {
        close(writing->into);
        writing->into = -1;
    }
}

/* 1: more may come, 0: it was the last, -1: more than a file may have, or broken. */
static int take_piece(struct writing *writing)
{
    char piece[PIECE_BYTES];
    ssize_t got = read(writing->from, piece, sizeof piece);
    if (got < 0)
        return errno == EINTR ? 1 : -1;
    if (!bytes_fits(writing->file, (size_t)got))
        return -1;
    bytes_add(writing->file, (text){piece, (size_t)got});
    return got > 0;
}

static bool exchange_bytes(struct writing *writing)
{
    int more = 1;
    while (more > 0) {
        struct pollfd watched[] = {{.fd = writing->from, .events = POLLIN}, {.fd = writing->into, .events = POLLOUT}};
        int64_t left_ms = (writing->until_us - monotonic_us()) / 1000;
        if (left_ms <= 0 || poll(watched, 2, (int)left_ms) <= 0)
            return false;
        if (watched[1].revents != 0)
            feed(writing);
        if (watched[0].revents != 0)
            more = take_piece(writing);
    }
    return more == 0;
}

static enum problem write_file(struct arena *arena, const char *format, text table, struct bytes *file)
{
    struct writing writing = {.table = table, .file = file, .until_us = monotonic_us() + RENDER_MS_MAX * 1000};
    int status = 0;
    (void)arena;
    if (!start_writer(&writing, format))
        return PROBLEM_UNAVAILABLE;
    bool is_whole = exchange_bytes(&writing);
    if (!is_whole)
        kill(writing.process, SIGKILL);
    if (writing.into >= 0)
        close(writing.into);
    close(writing.from);
    while (waitpid(writing.process, &status, 0) < 0 && errno == EINTR)
        ;
    if (is_whole && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return PROBLEM_NONE;
    log_error("render_failed", LOG_INT("status", status), LOG_INT("bytes", (int64_t)file->length));
    return PROBLEM_UNAVAILABLE;
}

/* ---- CSV of a plan: field names and fen, as of lists, for programs ---- */

static void write_csv(const struct table *table, struct bytes *csv)
{
    text names[TABLE_COLUMNS_MAX];
    for (size_t i = 0; i < table->columns_count; i++)
        names[i] = table->columns[i].name;
    csv_write_mark(csv);
    csv_write_row(csv, names, table->columns_count);
    for (size_t row = 0; row < table->rows_count; row++)
        csv_write_row(csv, &table->cells[row * table->columns_count], table->columns_count);
}

/* ---- The work ---- */

static enum problem too_long(struct exchange *exchange, int64_t rows_max)
{
    problems_add(&exchange->problems, TEXT("/format"), "export-too-long",
                 text_format(exchange->arena, "%lld", (long long)rows_max));
    return PROBLEM_INVALID;
}

static enum problem export_work(struct exchange *exchange)
{
    enum page_format format = exchange->page.format;
    const struct rows *rows = exchange->flight.outcomes[0].rows;
    bool is_list = plan_list(exchange->route) == NULL;
    if (is_list && !exchange->page.limit_given && rows_count(rows) > (size_t)exchange->page.limit)
        return too_long(exchange, exchange->page.limit);
    struct table *table = make_table(exchange);
    if (format == PAGE_PDF && table->rows_count > PDF_ROWS_MAX)
        return too_long(exchange, PDF_ROWS_MAX);
    struct bytes encoded, *file = arena_alloc(exchange->arena, sizeof *file);
    bytes_init(file, exchange->arena, TABLE_FILE_BYTES_MAX);
    if (format == PAGE_CSV) {
        write_csv(table, file);
    } else {
        bytes_init(&encoded, exchange->arena, TABLE_BYTES_MAX);
        table_encode(table, &encoded);
        enum problem problem = write_file(exchange->arena, file_kinds[format].name, bytes_text(&encoded), file);
        if (problem != PROBLEM_NONE)
            return problem;
    }
    exchange->answer = (struct answer){
        .status = 200,
        .body = bytes_text(file),
        .content_type = text_from(file_kinds[format].content_type),
        .disposition =
            text_format(exchange->arena, "attachment; filename=\"%.*s.%s\"",
                        TEXT_ARGUMENTS(last_segment(text_from(exchange->route->path))), file_kinds[format].name),
    };
    return PROBLEM_NONE;
}

bool export_is_wanted(const struct exchange *exchange)
{
    bool is_plan = plan_list(exchange->route) != NULL;
    switch (exchange->page.format) {
    case PAGE_XLSX:
    case PAGE_PDF:
        return true;
    case PAGE_CSV:
        return is_plan;
    case PAGE_JSON:
    case PAGE_FORMATS_COUNT:
        break;
    }
    return false;
}

void export_query(struct exchange *exchange)
{
    const struct statement *area = exchange->worker->server->area;
    bool names_one = decoded_parameter(exchange->decoded_path, TEXT("area")).at != NULL;
    if (area != NULL && names_one && export_is_wanted(exchange))
        exchange_query(exchange, area);
}

enum problem export_send(struct exchange *exchange, void (*done)(struct exchange *exchange))
{
    exchange->work = export_work;
    exchange->go_on = done;
    const struct server *server = exchange->worker->server;
    bool is_public = exchange->route->may == MAY_ANYONE; /* whom guests keep waiting are guests */
    struct offloads *offloads = is_public ? server->public_exports : server->exports;
    return offload_send(offloads, exchange) ? PROBLEM_NONE : PROBLEM_UNAVAILABLE;
}

/* ---- The format: the query's, else the first that Accept names ---- */

enum page_format page_format_asked(text name)
{
    for (size_t i = 0; i < PAGE_FORMATS_COUNT; i++)
        if (file_kinds[i].name != NULL && text_equal(name, text_from(file_kinds[i].name)))
            return (enum page_format)i;
    return PAGE_JSON;
}

enum page_format page_format_accepted(text accept)
{
    text first = text_trim(text_cut(&accept, ','));
    text type = text_trim(text_cut(&first, ';'));
    for (size_t i = 0; i < PAGE_FORMATS_COUNT; i++) {
        text wanted = text_from(file_kinds[i].content_type == NULL ? "-" : file_kinds[i].content_type);
        if (text_equal(type, text_trim(text_cut(&wanted, ';'))))
            return (enum page_format)i;
    }
    return PAGE_JSON;
}
