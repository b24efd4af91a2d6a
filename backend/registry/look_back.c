/* A looking-back into the database: read whole, held against the register, kept as a proposal; and its decision by someone else. */
#include "registry/look_back.h"

enum { ROWS_A_BATCH = 2000, FAULTS_SHOWN_MAX = 2000, ROW_BYTES_MAX = 3000 };
#define REPORT_BYTES_MAX ((size_t)4 * 1024 * 1024)

struct taking {
    struct db *db;
    struct arena *arena;
    const struct import_file *file;
    struct look_back_file read;
    text now, today, id;
};

/* ---- Held against the register ---- */

static text batch_of(struct arena *arena, const struct look_back_row *rows, size_t count)
{
    struct bytes json;
    bytes_init(&json, arena, (size_t)ROWS_A_BATCH * ROW_BYTES_MAX);
    bytes_add_char(&json, '[');
    for (size_t i = 0; i < count; i++) {
        bytes_add_format(&json, "%s{\"number\":%lld,\"card_number\":", i > 0 ? "," : "", (long long)rows[i].number);
        bytes_add_json_string(&json, rows[i].card_number);
        bytes_add(&json, TEXT(",\"status\":"));
        bytes_add_json_string(&json, rows[i].status);
        bytes_add(&json, TEXT(",\"valid_from\":"));
        bytes_add_json_string(&json, day_format(arena, rows[i].valid_from));
        bytes_add(&json, TEXT(",\"reason\":"));
        bytes_add_json_string(&json, rows[i].reason);
        bytes_add_char(&json, '}');
    }
    bytes_add_char(&json, ']');
    return bytes_text(&json);
}

static void note_fault(struct taking *taking, const struct rows *rows, size_t i)
{
    struct csv_fault fault = {.what = TEXT("card_number")};
    must(text_to_int64(rows_value(rows, i, 0), 0, INT64_MAX, &fault.row));
    /* Codes are words of ours with static life. */
    fault.code = text_equal(rows_value(rows, i, 1), TEXT("not-found")) ? "not-found" : "unchanged";
    look_back_file_fault(&taking->read, taking->arena, fault);
}

static enum problem check_batch(struct taking *taking, text rows)
{
    struct outcome outcome;
    enum problem problem =
        DB_RUN(taking->db, "registry/look_back_check", &outcome, {"county", taking->file->county}, {"rows", rows});
    for (size_t i = 0; problem == PROBLEM_NONE && i < rows_count(outcome.rows); i++)
        note_fault(taking, outcome.rows, i);
    return problem;
}

static enum problem add_batch(struct taking *taking, text rows)
{
    struct outcome outcome;
    return DB_RUN(taking->db, "registry/look_back_rows_add", &outcome, {"county", taking->file->county},
                  {"look_back_id", taking->id}, {"rows", rows}, {"today", taking->today});
}

static enum problem each_batch(struct taking *taking, enum problem (*work)(struct taking *taking, text rows))
{
    enum problem problem = PROBLEM_NONE;
    for (size_t from = 0; from < taking->read.rows_count && problem == PROBLEM_NONE; from += ROWS_A_BATCH) {
        size_t left = taking->read.rows_count - from;
        problem =
            work(taking, batch_of(taking->arena, &taking->read.rows[from], left < ROWS_A_BATCH ? left : ROWS_A_BATCH));
    }
    return problem;
}

/* ---- Kept as a proposal ---- */

static text option_of(const struct taking *taking, const char *name)
{
    struct option {
        text title, source;
    };
    static const struct field fields[] = {
        FIELD(option, title, FIELD_TEXT),
        FIELD(option, source, FIELD_TEXT),
        FIELDS_END,
    };
    struct option option = {0};
    struct problems problems;
    problems_init(&problems, taking->arena);
    if (decode_json(fields, taking->file->options, taking->arena, &option, NULL, &problems) != PROBLEM_NONE)
        return TEXT("");
    return strcmp(name, "title") == 0 ? option.title : option.source;
}

static bool takes_in(text status)
{
    return text_equal(status, TEXT("registered")) || text_equal(status, TEXT("returned"));
}

static enum problem open_proposal(struct taking *taking)
{
    struct outcome outcome;
    long long added = 0, rows = (long long)taking->read.rows_count;
    for (size_t i = 0; i < taking->read.rows_count; i++)
        added += takes_in(taking->read.rows[i].status);
    return DB_RUN(taking->db, "registry/look_back_open", &outcome, {"county", taking->file->county},
                  {"look_back_id", taking->id}, {"title", option_of(taking, "title")},
                  {"source", option_of(taking, "source")}, {"rows_count", text_format(taking->arena, "%lld", rows)},
                  {"removed_count", text_format(taking->arena, "%lld", rows - added)},
                  {"added_count", text_format(taking->arena, "%lld", added)},
                  {"requested_by", uuid_format(taking->arena, taking->file->requested_by)}, {"now", taking->now});
}

/* ---- The report ---- */

static int by_row(const void *a, const void *b)
{
    const struct csv_fault *left = a, *right = b;
    return left->row != right->row ? (left->row > right->row) - (left->row < right->row)
                                   : (left->column > right->column) - (left->column < right->column);
}

static text report_of(struct taking *taking)
{
    struct look_back_file *read = &taking->read;
    struct bytes json;
    bytes_init(&json, taking->arena, REPORT_BYTES_MAX);
    if (read->faults_count > 0)
        qsort(read->faults, read->faults_count, sizeof *read->faults, by_row);
    bytes_add_format(&json, "{\"stopped\":%s,\"errors_count\":%zu,\"problems\":[",
                     read->faults_count > 0 ? "true" : "false", read->faults_count);
    for (size_t i = 0; i < read->faults_count && i < FAULTS_SHOWN_MAX; i++) {
        const struct csv_fault *fault = &read->faults[i];
        bytes_add_format(&json, "%s{\"kind\":\"error\",\"row\":%lld,\"column\":", i > 0 ? "," : "",
                         (long long)fault->row);
        bytes_add_json_string(&json, fault->what.at == NULL ? TEXT("") : fault->what);
        bytes_add_format(&json, ",\"rule\":\"%s\",\"reason\":{\"zh\":", fault->code);
        bytes_add_json_string(&json, text_from(problem_code_words(fault->code, LANGUAGE_ZH)));
        bytes_add(&json, TEXT(",\"en\":"));
        bytes_add_json_string(&json, text_from(problem_code_words(fault->code, LANGUAGE_EN)));
        bytes_add(&json, TEXT("}}"));
    }
    bytes_add_format(&json, "],\"problems_shown_max\":%d}", FAULTS_SHOWN_MAX);
    return bytes_text(&json);
}

/* ---- The whole: one fault keeps the file out, for a second officer must be able to trust it as it stands ---- */

static enum problem look_back_take(struct db *db, struct arena *arena, const struct import_file *file, instant now,
                                   struct import_result *result)
{
    calendar_day today = instant_business_day(now);
    struct taking taking = {
        .db = db,
        .arena = arena,
        .file = file,
        .now = instant_format(arena, now),
        .today = day_format(arena, today),
        .id = uuid_format(arena, file->import_id),
    };
    look_back_file_read(arena, file->content, today, &taking.read);
    enum problem problem = taking.read.readable ? each_batch(&taking, check_batch) : PROBLEM_NONE;
    bool clean = taking.read.faults_count == 0 && taking.read.rows_count > 0;
    if (problem == PROBLEM_NONE && clean && !file->dry_run) {
        problem = open_proposal(&taking);
        if (problem == PROBLEM_NONE)
            problem = each_batch(&taking, add_batch);
    }
    *result = (struct import_result){.stopped = !clean,
                                     .rows_read = taking.read.rows_read,
                                     .rows_taken = clean && !file->dry_run ? (int64_t)taking.read.rows_count : 0,
                                     .report = report_of(&taking)};
    return problem;
}

enum problem look_backs_run(struct db *db, struct arena *arena, instant now)
{
    (void)arena;
    return imports_work(db, TEXT("look_backs"), now, look_back_take);
}

enum problem look_back_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct look_back_decision *body = request->body;
    const struct look_back_facts *facts = facts_;
    struct look_back_plan *plan = plan_;
    if (!text_equal(facts->state, TEXT("proposed")))
        return PROBLEM_WRONG_STATE;
    if (uuid_equal(facts->proposed_by, request->actor.account_id))
        return PROBLEM_OWN_ENTRY;
    if (!body->accepted && body->reason.at == NULL) {
        problems_add(problems, TEXT("/reason"), "required", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    must(uuid_parse(request->parameter(request, "look_back_id"), &plan->look_back_id.id));
    plan->look_back_id = county_id_of(request->parameter(request, "look_back_county"), plan->look_back_id.id);
    plan->state = body->accepted ? TEXT("done") : TEXT("refused");
    plan->reason = body->reason;
    return PROBLEM_NONE;
}
