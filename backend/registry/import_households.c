/* A household file into the database: reads and checks it whole, then adds it in batches inside the caller's transaction. */
#include "base/xlsx.h"
#include "registry/household_import.h"

enum { HOUSEHOLDS_A_BATCH = 500, NUMBERS_A_BATCH = 5000, REPORT_PROBLEMS_MAX = 20000 };
#define REPORT_BYTES_MAX ((size_t)64 * 1024 * 1024)
#define REFUSED_BYTES_MAX ((size_t)256 * 1024 * 1024)

struct held_number {
    text index;
    size_t member;
    uuid holder_household_id; /* zero: nobody holds it */
};
struct taking {
    struct db *db;
    struct arena *arena;
    const struct household_import *import;
    struct household_imported *imported;
    struct household_origin origin;
    text now, today;
    struct household_file file;
    const struct rows *villages;
    struct household_known *known; /* by card, in byte order */
    size_t known_count;
    struct held_number **held; /* by member */
    enum problem problem;      /* of a look-up that reading needed */
};

/* ---- What the registry has already ---- */

static text value_at(const struct rows *rows, size_t row, const char *column)
{
    return rows_value(rows, row, (size_t)rows_column(rows, column));
}

static bool village_is_known(void *owner, text code)
{
    const struct rows *villages = ((struct taking *)owner)->villages;
    size_t low = 0, high = rows_count(villages);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(rows_value(villages, middle, 0), code);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static const struct household_known *known_household(const struct taking *taking, text card_number)
{
    size_t low = 0, high = taking->known_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(taking->known[middle].card_number, card_number);
        if (order == 0)
            return &taking->known[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static enum problem load_known(struct taking *taking)
{
    struct outcome outcome;
    enum problem problem = DB_RUN(taking->db, "registry/import_known", &outcome, {"county", taking->import->county});
    if (problem != PROBLEM_NONE)
        return problem;
    taking->known_count = rows_count(outcome.rows);
    taking->known = arena_alloc_items(taking->arena, taking->known_count + 1, sizeof(*taking->known));
    for (size_t i = 0; i < taking->known_count; i++) {
        struct household_known *known = &taking->known[i];
        known->card_number = value_at(outcome.rows, i, "card_number");
        known->rules = value_at(outcome.rows, i, "rules");
        must(uuid_parse(value_at(outcome.rows, i, "household_id"), &known->household_id));
    }
    return PROBLEM_NONE;
}

static enum problem load_villages(struct taking *taking)
{
    struct outcome outcome;
    enum problem problem = DB_RUN(taking->db, "registry/import_villages", &outcome, {"county", taking->import->county},
                                  {"today", taking->today});
    taking->villages = outcome.rows;
    return problem;
}

static int by_index(const void *a, const void *b)
{
    return text_compare((*(struct held_number *const *)a)->index, (*(struct held_number *const *)b)->index);
}

/* `numbers` and the rows are in the same order, so one walk joins them. */
static enum problem load_holders_of(struct taking *taking, struct held_number **numbers, size_t count)
{
    struct outcome outcome;
    struct bytes indexes;
    bytes_init(&indexes, taking->arena, (size_t)NUMBERS_A_BATCH * 80);
    for (size_t i = 0; i < count; i++)
        bytes_add_format(&indexes, "%s\"%.*s\"", i == 0 ? "[" : ",", TEXT_ARGUMENTS(numbers[i]->index));
    bytes_add_char(&indexes, ']');
    enum problem problem = DB_RUN(taking->db, "registry/import_holders", &outcome, {"indexes", bytes_text(&indexes)},
                                  {"today", taking->today});
    if (problem != PROBLEM_NONE)
        return problem;
    for (size_t row = 0, i = 0; row < rows_count(outcome.rows); row++) {
        text index = value_at(outcome.rows, row, "id_number_index");
        while (i < count && text_compare(numbers[i]->index, index) < 0)
            i++;
        for (; i < count && text_equal(numbers[i]->index, index); i++)
            must(uuid_parse(value_at(outcome.rows, row, "household_id"), &numbers[i]->holder_household_id));
    }
    return PROBLEM_NONE;
}

static void load_holders(void *owner, const struct household_file *file)
{
    struct taking *taking = owner;
    struct held_number **sorted = arena_alloc_items(taking->arena, file->members_count + 1, sizeof(*sorted));
    size_t count = 0;
    taking->held = arena_alloc_items(taking->arena, file->members_count + 1, sizeof(*taking->held));
    for (size_t i = 0; i < file->members_count; i++) {
        const struct household_member *member = &file->members[i];
        if (member->id_fault != NUMBER_FINE)
            continue;
        struct held_number *number = arena_alloc(taking->arena, sizeof(*number));
        number->member = i;
        number->index = personal_blind_index(taking->import->keys, PERSONAL_INDEX_ID_NUMBER,
                                             text_from(member->id_number.digits), taking->arena);
        taking->held[i] = sorted[count++] = number;
    }
    qsort(sorted, count, sizeof(*sorted), by_index);
    for (size_t from = 0; from < count && taking->problem == PROBLEM_NONE; from += NUMBERS_A_BATCH) {
        size_t some = count - from < NUMBERS_A_BATCH ? count - from : NUMBERS_A_BATCH;
        taking->problem = load_holders_of(taking, sorted + from, some);
    }
}

static bool id_number_is_held(void *owner, const struct household_member *member, text card_number)
{
    const struct taking *taking = owner;
    const struct held_number *number = taking->held[member - taking->file.members];
    const struct household_known *known = known_household(taking, card_number);
    if (uuid_is_zero(number->holder_household_id))
        return false;
    return known == NULL || !uuid_equal(known->household_id, number->holder_household_id);
}

/* ---- Taking it over ---- */

static bool is_taken(const struct taking *taking, const struct household *household)
{
    return household->errors_count == 0 && (!taking->import->only_clean || household->findings_count == 0);
}

static text batch_of(struct arena *arena, const struct household_rows *rows)
{
    size_t length = rows->households.length + rows->members.length + rows->incomes.length + rows->findings.length;
    struct bytes plan;
    bytes_init(&plan, arena, length + 256);
    bytes_add(&plan, TEXT("{\"households\":"));
    bytes_add(&plan, rows->households);
    bytes_add(&plan, TEXT(",\"members\":"));
    bytes_add(&plan, rows->members);
    bytes_add(&plan, TEXT(",\"incomes\":"));
    bytes_add(&plan, rows->incomes);
    bytes_add(&plan, TEXT(",\"findings\":"));
    bytes_add(&plan, rows->findings);
    bytes_add_char(&plan, '}');
    return bytes_text(&plan);
}

static enum problem add_batch(struct taking *taking, text plan)
{
    static const char *const statements[] = {
        "registry/households_add", "registry/members_add",      "registry/incomes_add",
        "findings/open_planned",   "registry/members_repeated",
    };
    const uuid *by = &taking->import->requested_by;
    text actor_id = uuid_is_zero(*by) ? TEXT_NONE : uuid_format(taking->arena, *by);
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
        struct outcome outcome;
        enum problem problem =
            DB_RUN(taking->db, statements[i], &outcome, {"plan", plan}, {"now", taking->now}, {"actor_id", actor_id});
        if (problem != PROBLEM_NONE)
            return problem;
    }
    return PROBLEM_NONE;
}

/* The households [from, to), in an arena of their own: 15,000 at once would be held three times over. */
static enum problem take_batch(struct taking *taking, struct household_rows_writer *writer, struct arena *arena,
                               size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (is_taken(taking, &taking->file.households[i]))
            (void)household_rows_add(writer, i, known_household(taking, taking->file.households[i].card_number));
    }
    struct household_rows rows = household_rows_end(writer);
    return add_batch(taking, batch_of(arena, &rows));
}

static enum problem take_households(struct taking *taking)
{
    enum problem problem = PROBLEM_NONE;
    size_t count = taking->file.households_count;
    for (size_t from = 0; from < count && problem == PROBLEM_NONE; from += HOUSEHOLDS_A_BATCH) {
        struct arena *arena = arena_new();
        struct household_rows_writer *writer = household_rows_begin(arena, &taking->origin, &taking->file);
        size_t to = count - from < HOUSEHOLDS_A_BATCH ? count : from + HOUSEHOLDS_A_BATCH;
        db_rows_in(taking->db, arena);
        problem = take_batch(taking, writer, arena, from, to);
        db_rows_in(taking->db, taking->arena);
        arena_free(arena);
    }
    return problem;
}

/* What a file can't tell shows only beside what stands in the register. */
static enum problem check_register(struct taking *taking)
{
    struct outcome outcome;
    return DB_RUN(taking->db, "findings/check", &outcome, {"now", taking->now}, {"county", taking->import->county});
}

/* ---- The report ---- */

static void count_all(struct taking *taking)
{
    struct household_imported *imported = taking->imported;
    imported->rows_read = (int64_t)taking->file.members_count;
    imported->households_read = (int64_t)taking->file.households_count;
    imported->errors_count = (int64_t)taking->file.errors_count;
    imported->findings_count = (int64_t)taking->file.findings_count;
    for (size_t i = 0; i < taking->file.households_count && !imported->stopped; i++) {
        const struct household *household = &taking->file.households[i];
        if (!is_taken(taking, household))
            continue;
        imported->households_taken++;
        imported->households_known += known_household(taking, household->card_number) != NULL;
        imported->rows_taken += (int64_t)household->members_count;
    }
}

static void add_reason(struct bytes *json, const char *zh, const char *en)
{
    bytes_add(json, TEXT(",\"reason\":{\"zh\":"));
    bytes_add_json_string(json, text_from(zh));
    bytes_add(json, TEXT(",\"en\":"));
    bytes_add_json_string(json, text_from(en));
    bytes_add(json, TEXT("}}"));
}

static void add_error(struct bytes *json, const struct household_error *error)
{
    const struct csv_fault *fault = &error->fault;
    bytes_add_format(json, "{\"kind\":\"error\",\"row\":%lld,\"column\":", (long long)fault->row);
    bytes_add_json_string(json, fault->what.at == NULL ? TEXT("") : fault->what);
    bytes_add(json, TEXT(",\"rule\":"));
    bytes_add_json_string(json, text_from(fault->code));
    add_reason(json, problem_code_words(fault->code, LANGUAGE_ZH), problem_code_words(fault->code, LANGUAGE_EN));
}

static void add_finding(struct bytes *json, const struct household_finding *finding)
{
    bytes_add_format(json, "{\"kind\":\"finding\",\"row\":%lld,\"column\":", (long long)finding->row);
    bytes_add_json_string(json, text_from(household_column_name(finding->column)));
    bytes_add(json, TEXT(",\"class\":"));
    bytes_add_json_string(json, text_from(household_rule_class(finding->rule)));
    bytes_add(json, TEXT(",\"rule\":"));
    bytes_add_json_string(json, text_from(household_rule_name(finding->rule)));
    add_reason(json, household_rule_words(finding->rule, LANGUAGE_ZH),
               household_rule_words(finding->rule, LANGUAGE_EN));
}

static int by_row(const void *a, const void *b)
{
    const struct household_finding *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return left->column < right->column ? -1 : left->column > right->column;
}

static void write_problems(struct taking *taking, struct bytes *json)
{
    struct household_file *file = &taking->file;
    int64_t written = 0;
    /* Errors come first: they stop the file. Nothing after this needs findings in the order of the rules. */
    if (file->findings_count > 0)
        qsort(file->findings, file->findings_count, sizeof(*file->findings), by_row);
    for (size_t i = 0; i < file->errors_count && written < REPORT_PROBLEMS_MAX; i++) {
        bytes_add(json, written++ > 0 ? TEXT(",") : TEXT(""));
        add_error(json, &file->errors[i]);
    }
    for (size_t i = 0; i < file->findings_count && written < REPORT_PROBLEMS_MAX; i++) {
        bytes_add(json, written++ > 0 ? TEXT(",") : TEXT(""));
        add_finding(json, &file->findings[i]);
    }
}

static void write_report(struct taking *taking)
{
    struct household_imported *imported = taking->imported;
    const struct household_file *file = &taking->file;
    struct bytes json;
    bytes_init(&json, taking->arena, REPORT_BYTES_MAX);
    bytes_add_format(&json,
                     "{\"encoding\":\"%s\",\"stopped\":%s,\"households_read\":%lld,\"households_taken\":%lld,"
                     "\"households_known\":%lld,"
                     "\"errors_count\":%lld,\"findings_count\":%lld,\"problems\":[",
                     csv_encoding_name(file->encoding), imported->stopped ? "true" : "false",
                     (long long)imported->households_read, (long long)imported->households_taken,
                     (long long)imported->households_known, (long long)imported->errors_count,
                     (long long)imported->findings_count);
    write_problems(taking, &json);
    bytes_add_format(&json, "],\"problems_shown_max\":%d}", REPORT_PROBLEMS_MAX);
    imported->report = bytes_text(&json);
}

/* A file that stopped is handed back by whoever sent it; of any other, only what was left out. */
static void write_refused(struct taking *taking)
{
    struct bytes refused;
    if (!taking->file.readable || taking->imported->rows_taken == taking->imported->rows_read)
        return;
    bytes_init(&refused, taking->arena, REFUSED_BYTES_MAX);
    household_file_write_refused(&taking->file, taking->import->only_clean, &refused);
    taking->imported->refused = bytes_text(&refused);
}

/* ---- The whole ---- */

static enum problem read_file(struct taking *taking, calendar_day today)
{
    const struct household_lookups lookups = {village_is_known, load_holders, id_number_is_held, taking};
    struct outcome outcome;
    enum problem problem = DB_RUN(taking->db, "registry/import_lock", &outcome, {"county", taking->import->county});
    if (problem == PROBLEM_NONE)
        problem = load_villages(taking);
    if (problem == PROBLEM_NONE)
        problem = load_known(taking);
    if (problem != PROBLEM_NONE)
        return problem;
    household_file_read(taking->arena, taking->import->file, today, &lookups, &taking->file);
    return taking->problem;
}

enum problem households_take(struct db *db, struct arena *arena, const struct household_import *import, instant now,
                             struct household_imported *imported)
{
    calendar_day today = instant_business_day(now);
    struct taking taking = {
        .db = db,
        .arena = arena,
        .import = import,
        .imported = imported,
        .now = instant_format(arena, now),
        .today = day_format(arena, today),
        .origin = {.keys = import->keys, .county = import->county, .today = today, .base = uuid_new(now)},
    };
    *imported = (struct household_imported){0};
    taking.origin.source = text_format(arena, "import %.*s", TEXT_ARGUMENTS(import->file_name));
    db_rows_in(db, arena);
    enum problem problem = read_file(&taking, today);
    if (problem != PROBLEM_NONE)
        return problem;
    imported->stopped = !taking.file.readable || (taking.file.errors_count > 0 && !import->only_clean);
    count_all(&taking);
    if (!imported->stopped && !import->dry_run)
        problem = take_households(&taking);
    if (problem == PROBLEM_NONE && imported->rows_taken > 0 && !import->dry_run)
        problem = check_register(&taking);
    write_report(&taking);
    write_refused(&taking);
    return problem;
}
