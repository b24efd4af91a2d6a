/* Finding people by names nobody may read: a supplier is indexed by keyed hashes of the search terms of its name, a household's head
   included. What is typed is hashed the same way; the name itself stays sealed. */
#include "config.h"
#include "base/words.h"
#include "registry/household_import.h"

enum { HASH_LETTERS = 16, NAMES_A_RUN_MAX = 20000, NAMES_AT_ONCE_MAX = 500, NAMES_BYTES_MAX = 16 * 1024 * 1024 };

static text hashed(const struct personal_keys *keys, struct words words, struct arena *arena)
{
    struct words hashes = {arena_alloc_items(arena, words.count + 1, sizeof(text)), words.count};
    for (size_t i = 0; i < words.count; i++)
        hashes.at[i] = text_part(personal_blind_index(keys, PERSONAL_INDEX_NAME, words.at[i], arena), 0, HASH_LETTERS);
    return words_to_array(arena, hashes);
}

text personal_name_index(const struct personal_keys *keys, text name, struct arena *arena)
{
    return hashed(keys, words_of_listing(arena, &name, 1), arena);
}

text personal_name_query(const struct personal_keys *keys, text q, struct arena *arena)
{
    struct words words = words_of_query(arena, q);
    return words.count == 0 ? TEXT_NONE : hashed(keys, words, arena);
}

/* ---- What people type at a counter: a name, or the end of a card or phone number ---- */

static bool is_number(text q)
{
    bool has_digit = false;
    for (size_t i = 0; i < q.length; i++) {
        bool is_digit = q.at[i] >= '0' && q.at[i] <= '9';
        if (!is_digit && !(q.at[i] >= 'A' && q.at[i] <= 'Z') && !(q.at[i] >= 'a' && q.at[i] <= 'z') && q.at[i] != '-')
            return false;
        has_digit = has_digit || is_digit;
    }
    return has_digit;
}

enum problem registry_find_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    text q = text_trim(request->parameter(request, "q"));
    (void)facts;
    (void)plan;
    if (q.length == 0)
        return PROBLEM_NONE;
    if (is_number(q)) {
        request->bind(request, "number_tail", q);
        return PROBLEM_NONE;
    }
    text names = personal_name_query(config_personal_keys(), q, request->arena);
    if (names.at == NULL) {
        problems_add(problems, TEXT("/q"), "no-words", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    request->bind(request, "names", names);
    return PROBLEM_NONE;
}

/* ---- The job: names entered before there was an index, or changed since ---- */

struct named {
    text county, name_index;
    uuid supplier_id;
};
struct naming {
    struct named *named;
    size_t named_count;
};
static const struct field named_fields[] = {
    FIELD(named, county, FIELD_TEXT),
    FIELD(named, supplier_id, FIELD_UUID),
    FIELD(named, name_index, FIELD_TEXT),
    FIELDS_END,
};
static const struct field naming_fields[] = {
    FIELD_ITEMS(naming, named, named, named_fields),
    FIELDS_END,
};

static text cell(const struct rows *rows, size_t row, const char *column)
{
    return rows_value(rows, row, (size_t)rows_column(rows, column));
}

/* A name that does not open (another machine's key) is found by what is shown of it. */
static text name_of(const struct rows *rows, size_t row, struct arena *arena)
{
    text sealed, name, household = cell(rows, row, "household_id"), masked = cell(rows, row, "name");
    struct personal_place place = {"households", "head_name_sealed", cell(rows, row, "county"), {{0}}};
    if (household.at == NULL)
        return masked;
    must(uuid_parse(household, &place.row_id));
    bool opens = personal_from_bytea(arena, cell(rows, row, "head_name_sealed"), &sealed) &&
                 personal_open(config_personal_keys(), &place, sealed, arena, &name);
    return opens ? name : masked;
}

static text naming_plan(const struct rows *rows, struct arena *arena)
{
    struct naming naming = {arena_alloc_items(arena, rows_count(rows) + 1, sizeof(struct named)), rows_count(rows)};
    struct bytes json;
    for (size_t i = 0; i < naming.named_count; i++) {
        struct named *named = &naming.named[i];
        named->county = cell(rows, i, "county");
        named->name_index = personal_name_index(config_personal_keys(), name_of(rows, i, arena), arena);
        must(uuid_parse(cell(rows, i, "supplier_id"), &named->supplier_id));
    }
    bytes_init(&json, arena, NAMES_BYTES_MAX);
    encode_json(naming_fields, &naming, false, &json);
    return bytes_text(&json);
}

static enum problem name_some(struct db *db, struct arena *arena, size_t *count)
{
    struct outcome outcome;
    enum problem problem =
        DB_RUN(db, "registry/unnamed", &outcome, {"limit", text_format(arena, "%d", NAMES_AT_ONCE_MAX)});
    if (problem != PROBLEM_NONE)
        return problem;
    *count = rows_count(outcome.rows);
    if (*count == 0)
        return PROBLEM_NONE;
    text plan = naming_plan(outcome.rows, arena);
    return DB_RUN(db, "registry/name_index_set", &outcome, {"plan", plan});
}

enum problem registry_index_names(struct db *db, struct arena *arena, instant now)
{
    enum problem problem = PROBLEM_NONE;
    size_t count = NAMES_AT_ONCE_MAX;
    (void)arena;
    (void)now;
    for (size_t done = 0; done < NAMES_A_RUN_MAX && count == NAMES_AT_ONCE_MAX && problem == PROBLEM_NONE;
         done += count) {
        struct arena *own = arena_new();
        count = 0;
        db_rows_in(db, own);
        problem = name_some(db, own, &count);
        db_rows_in(db, NULL);
        arena_free(own);
    }
    return problem;
}
