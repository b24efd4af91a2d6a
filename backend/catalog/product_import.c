/* A product file into the database: what is new, what changes, what stays, decided as POST products and PATCH products decide it, then
   written in the caller's transaction. Runs as a job: whatever a hostile file does to its reader, no request is served by it. */
#include "catalog/product_import.h"

enum { CATEGORIES_MAX = 10000, PROBLEMS_SHOWN_MAX = 1000 };
#define PLAN_BYTES_MAX ((size_t)64 * 1024 * 1024)
#define NAMED_TWICE (SIZE_MAX - 1)

struct known_product {
    uuid id;
    text handle, name, category_code, description, state;
    int64_t gross_weight_ppm, version;
};
struct known_pack {
    uuid id;
    size_t product;
    text sku, name, grade;
    int64_t pack_qty, price_fen, packs_max, version;
};
struct counts {
    int64_t made, changed, same;
};
struct taking {
    struct request request; /* first: what a decision of products is given */
    struct db *db;
    struct arena *arena;
    const struct import_file *from;
    struct product_file file;
    struct known_product *known;
    size_t known_count;
    struct known_pack *packs;
    size_t packs_count;
    struct text_index *by_handle, *by_name, *by_sku, *by_pack, *by_id;
    const struct known_product *changes; /* what product_change_decide is asked about */
    size_t *matches;                     /* by product of the file: the known one, or TEXT_INDEX_NONE */
    uuid packs_base;
    uint32_t packs_used;
    struct bytes products, changed_products, new_packs, changed_packs;
    struct counts products_counts, packs_counts;
};

/* ---- What the shop has ---- */

static text value_at(const struct rows *rows, size_t row, const char *column)
{
    return rows_value(rows, row, (size_t)rows_column(rows, column));
}

static int64_t count_at(const struct rows *rows, size_t row, const char *column)
{
    int64_t count = 0;
    must(text_to_int64(value_at(rows, row, column), INT64_MIN, INT64_MAX, &count));
    return count;
}

static bool is_alive(const struct known_product *product)
{
    return text_equal(product->state, TEXT("proposed")) || text_equal(product->state, TEXT("approved"));
}

static text id_key(struct taking *taking, uuid id)
{
    return uuid_format(taking->arena, id);
}

static text pack_key(struct taking *taking, size_t product, text name, text grade)
{
    return text_format(taking->arena, "%zu\n%.*s\n%.*s", product, TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(grade));
}

static void index_product(struct taking *taking, size_t at)
{
    const struct known_product *product = &taking->known[at];
    text_index_add(taking->by_id, id_key(taking, product->id), at);
    if (product->handle.at != NULL)
        text_index_add(taking->by_handle, product->handle, at);
    if (!is_alive(product))
        return;
    bool is_first = text_index_find(taking->by_name, product->name) == TEXT_INDEX_NONE;
    text_index_add(taking->by_name, product->name, is_first ? at : NAMED_TWICE);
}

static enum problem load_products(struct taking *taking, const struct parameter *shop, size_t shop_count)
{
    struct outcome outcome;
    enum problem problem = db_run(taking->db, "products/import_known", shop, shop_count, &outcome);
    if (problem != PROBLEM_NONE)
        return problem;
    taking->known_count = rows_count(outcome.rows);
    taking->known = arena_alloc_items(taking->arena, taking->known_count + 1, sizeof *taking->known);
    taking->by_id = text_index_new(taking->arena, taking->known_count);
    taking->by_handle = text_index_new(taking->arena, taking->known_count);
    taking->by_name = text_index_new(taking->arena, taking->known_count);
    for (size_t i = 0; i < taking->known_count; i++) {
        taking->known[i] = (struct known_product){
            .handle = value_at(outcome.rows, i, "handle"),
            .name = value_at(outcome.rows, i, "name"),
            .category_code = value_at(outcome.rows, i, "category_code"),
            .description = value_at(outcome.rows, i, "description"),
            .state = value_at(outcome.rows, i, "state"),
            .gross_weight_ppm = count_at(outcome.rows, i, "gross_weight_ppm"),
            .version = count_at(outcome.rows, i, "version"),
        };
        must(uuid_parse(value_at(outcome.rows, i, "product_id"), &taking->known[i].id));
        index_product(taking, i);
    }
    return PROBLEM_NONE;
}

static enum problem load_packs(struct taking *taking, const struct parameter *shop, size_t shop_count)
{
    struct outcome outcome;
    enum problem problem = db_run(taking->db, "catalog/import_known", shop, shop_count, &outcome);
    if (problem != PROBLEM_NONE)
        return problem;
    taking->packs_count = rows_count(outcome.rows);
    taking->packs = arena_alloc_items(taking->arena, taking->packs_count + 1, sizeof *taking->packs);
    taking->by_sku = text_index_new(taking->arena, taking->packs_count);
    taking->by_pack = text_index_new(taking->arena, taking->packs_count);
    for (size_t i = 0; i < taking->packs_count; i++) {
        struct known_pack *pack = &taking->packs[i];
        *pack = (struct known_pack){
            .product = text_index_find(taking->by_id, value_at(outcome.rows, i, "product_id")),
            .sku = value_at(outcome.rows, i, "sku"),
            .name = value_at(outcome.rows, i, "name"),
            .grade = value_at(outcome.rows, i, "grade"),
            .pack_qty = count_at(outcome.rows, i, "pack_qty"),
            .price_fen = count_at(outcome.rows, i, "price_fen"),
            .packs_max = count_at(outcome.rows, i, "packs_per_buyer_max"),
            .version = count_at(outcome.rows, i, "version"),
        };
        must(uuid_parse(value_at(outcome.rows, i, "offer_id"), &pack->id));
        text_index_add(taking->by_pack, pack_key(taking, pack->product, pack->name, pack->grade), i);
        if (pack->sku.at != NULL)
            text_index_add(taking->by_sku, pack->sku, i);
    }
    return PROBLEM_NONE;
}

static enum problem load_categories(struct taking *taking, struct product_reading *reading)
{
    struct outcome outcome;
    text limit = text_format(taking->arena, "%d", CATEGORIES_MAX);
    enum problem problem = DB_RUN(taking->db, "products/categories", &outcome, {"limit", limit});
    if (problem != PROBLEM_NONE)
        return problem;
    size_t count = rows_count(outcome.rows);
    struct product_category *categories = arena_alloc_items(taking->arena, count + 1, sizeof *categories);
    for (size_t i = 0; i < count; i++)
        categories[i] =
            (struct product_category){value_at(outcome.rows, i, "category_code"), value_at(outcome.rows, i, "name_zh"),
                                      value_at(outcome.rows, i, "name_en"), value_at(outcome.rows, i, "base_unit")};
    reading->categories = categories;
    reading->categories_count = count;
    return PROBLEM_NONE;
}

/* ---- Matching: by handle, else by name, else by a SKU of its packs ---- */

static size_t match_by_sku(const struct taking *taking, const struct product_row *product)
{
    for (const struct pack_row *pack = product->packs; pack != NULL; pack = pack->next) {
        size_t at = pack->sku.at == NULL ? TEXT_INDEX_NONE : text_index_find(taking->by_sku, pack->sku);
        if (at != TEXT_INDEX_NONE)
            return taking->packs[at].product;
    }
    return TEXT_INDEX_NONE;
}

static size_t match_by_name(struct taking *taking, struct product_row *product)
{
    size_t at = product->name.at == NULL ? TEXT_INDEX_NONE : text_index_find(taking->by_name, product->name);
    if (at == NAMED_TWICE) {
        if (product->handle.at == NULL)
            product_file_complain(&taking->file, product, product->row, PRODUCT_NAME, "several-of-name");
        return TEXT_INDEX_NONE;
    }
    /* Another handle is another product, whatever both are called. */
    bool is_another = at != TEXT_INDEX_NONE && product->handle.at != NULL && taking->known[at].handle.at != NULL;
    return is_another ? TEXT_INDEX_NONE : at;
}

static size_t match_product(struct taking *taking, struct product_row *product)
{
    size_t at = product->handle.at == NULL ? TEXT_INDEX_NONE : text_index_find(taking->by_handle, product->handle);
    if (at == TEXT_INDEX_NONE)
        at = match_by_name(taking, product);
    if (at == TEXT_INDEX_NONE)
        at = match_by_sku(taking, product);
    if (at == TEXT_INDEX_NONE)
        return at;
    const struct known_product *known = &taking->known[at];
    if (!is_alive(known))
        product_file_complain(&taking->file, product, product->row, PRODUCT_HANDLE, "wrong-state");
    else if (!text_equal(known->category_code, product->category_code) && product->errors_count == 0)
        product_file_complain(&taking->file, product, product->row, PRODUCT_CATEGORY, "cannot-change");
    return at;
}

static size_t match_pack(const struct taking *taking, const struct pack_row *pack)
{
    size_t product = taking->matches[pack->product];
    size_t at = pack->sku.at == NULL ? TEXT_INDEX_NONE : text_index_find(taking->by_sku, pack->sku);
    if (at == TEXT_INDEX_NONE && product != TEXT_INDEX_NONE)
        at = text_index_find(taking->by_pack, pack_key((struct taking *)taking, product, pack->name, pack->grade));
    return at;
}

static void check_pack(struct taking *taking, struct product_row *product, const struct pack_row *pack)
{
    size_t at = match_pack(taking, pack);
    if (at == TEXT_INDEX_NONE)
        return;
    const struct known_pack *known = &taking->packs[at];
    if (known->product != taking->matches[pack->product])
        product_file_complain(&taking->file, product, pack->row, PRODUCT_SKU, "sku-of-another");
    else if (pack->sku.at != NULL && known->sku.at != NULL && !text_equal(pack->sku, known->sku))
        product_file_complain(&taking->file, product, pack->row, PRODUCT_SKU, "cannot-change");
    else if (!text_equal(pack->grade, known->grade))
        product_file_complain(&taking->file, product, pack->row, PRODUCT_GRADE, "cannot-change");
    else if (pack->pack_qty != known->pack_qty)
        product_file_complain(&taking->file, product, pack->row, PRODUCT_PACK_QTY, "cannot-change");
}

static void match_all(struct taking *taking)
{
    struct product_file *file = &taking->file;
    taking->matches = arena_alloc_items(taking->arena, file->products_count + 1, sizeof *taking->matches);
    for (size_t i = 0; i < file->products_count; i++) {
        struct product_row *product = &file->products[i];
        taking->matches[i] = match_product(taking, product);
        for (const struct pack_row *pack = product->packs; pack != NULL; pack = pack->next)
            check_pack(taking, product, pack);
    }
}

/* ---- Decisions: those of the forms ---- */

static text parameter_of_decision(const struct request *request, const char *name)
{
    const struct taking *taking = (const struct taking *)request;
    bool is_county = strcmp(name, "shop_county") == 0 || strcmp(name, "product_county") == 0;
    if (is_county)
        return taking->from->county;
    return strcmp(name, "product_id") == 0 ? uuid_format(taking->arena, taking->changes->id) : TEXT_NONE;
}

static struct product_plan decide_product(struct taking *taking, const struct product_row *product,
                                          const struct known_product *known)
{
    struct product_plan plan = {0};
    struct problems problems;
    const struct product_body body = {product->handle, product->name, product->category_code, product->description,
                                      product->gross_weight_ppm};
    struct product_facts facts = {.base_unit = product->base_unit};
    if (known != NULL)
        facts = (struct product_facts){.name = known->name, .version = known->version};
    problems_init(&problems, taking->arena);
    taking->request.body = &body;
    taking->request.new_id = product->id;
    taking->changes = known;
    decide_function *decide = known == NULL ? product_propose_decide : product_change_decide;
    must(decide(&taking->request, &facts, &plan, &problems) == PROBLEM_NONE);
    return plan;
}

/* ---- The plan ---- */

static void begin_row(struct bytes *json, const char *id_name, uuid id)
{
    bytes_add_format(json, "%s{\"%s\":\"%.*s\"", json->length > 0 ? "," : "", id_name,
                     TEXT_ARGUMENTS(uuid_format(json->arena, id)));
}

static void add_text(struct bytes *json, const char *name, text value)
{
    if (value.at == NULL)
        return;
    bytes_add_format(json, ",\"%s\":", name);
    bytes_add_json_string(json, value);
}

static void add_count(struct bytes *json, const char *name, int64_t value)
{
    if (value != 0)
        bytes_add_format(json, ",\"%s\":%lld", name, (long long)value);
}

static void plan_product(struct taking *taking, const struct product_row *product)
{
    struct product_plan plan = decide_product(taking, product, NULL);
    struct bytes *json = &taking->products;
    begin_row(json, "product_id", plan.product_id.id);
    add_text(json, "handle", product->handle);
    add_text(json, "name", product->name);
    add_text(json, "category_code", product->category_code);
    add_text(json, "description", product->description);
    add_text(json, "base_unit", plan.base_unit);
    add_text(json, "words", plan.words);
    add_count(json, "gross_weight_ppm", product->gross_weight_ppm);
    bytes_add_char(json, '}');
    taking->products_counts.made++;
}

/* What a file does not say stays as it is. */
static bool says_other(text said, text known)
{
    return said.at != NULL && !text_equal(said, known);
}

static void plan_product_change(struct taking *taking, const struct product_row *product,
                                const struct known_product *known)
{
    bool weighs_other = product->gross_weight_ppm != 0 && product->gross_weight_ppm != known->gross_weight_ppm;
    if (!weighs_other && !says_other(product->handle, known->handle) && !says_other(product->name, known->name) &&
        !says_other(product->description, known->description)) {
        taking->products_counts.same++;
        return;
    }
    struct product_plan plan = decide_product(taking, product, known);
    struct bytes *json = &taking->changed_products;
    begin_row(json, "product_id", known->id);
    add_text(json, "handle", product->handle);
    add_text(json, "name", product->name);
    add_text(json, "description", product->description);
    add_text(json, "words", plan.words);
    add_count(json, "gross_weight_ppm", product->gross_weight_ppm);
    add_count(json, "version", known->version);
    bytes_add_char(json, '}');
    taking->products_counts.changed++;
}

static void plan_pack(struct taking *taking, const struct pack_row *pack, uuid product_id)
{
    struct bytes *json = &taking->new_packs;
    begin_row(json, "offer_id", uuid_nth(taking->packs_base, taking->packs_used++));
    add_text(json, "product_id", uuid_format(taking->arena, product_id));
    add_text(json, "sku", pack->sku);
    add_text(json, "name", pack->name);
    add_text(json, "grade", pack->grade);
    add_count(json, "pack_qty", pack->pack_qty);
    add_count(json, "price_fen", pack->price_fen);
    add_count(json, "packs_per_buyer_max", pack->packs_max);
    bytes_add_char(json, '}');
    taking->packs_counts.made++;
}

static void plan_pack_change(struct taking *taking, const struct pack_row *pack, const struct known_pack *known)
{
    bool limits_other = pack->packs_max != 0 && pack->packs_max != known->packs_max;
    if (!limits_other && pack->price_fen == known->price_fen && !says_other(pack->name, known->name) &&
        !says_other(pack->sku, known->sku)) {
        taking->packs_counts.same++;
        return;
    }
    struct bytes *json = &taking->changed_packs;
    begin_row(json, "offer_id", known->id);
    add_text(json, "sku", pack->sku);
    add_text(json, "name", pack->name);
    add_count(json, "price_fen", pack->price_fen);
    add_count(json, "packs_per_buyer_max", pack->packs_max);
    add_count(json, "version", known->version);
    bytes_add_char(json, '}');
    taking->packs_counts.changed++;
}

static void plan_one(struct taking *taking, size_t index)
{
    const struct product_row *product = &taking->file.products[index];
    size_t match = taking->matches[index];
    if (match == TEXT_INDEX_NONE)
        plan_product(taking, product);
    else
        plan_product_change(taking, product, &taking->known[match]);
    uuid product_id = match == TEXT_INDEX_NONE ? product->id : taking->known[match].id;
    for (const struct pack_row *pack = product->packs; pack != NULL; pack = pack->next) {
        size_t at = match_pack(taking, pack);
        if (at == TEXT_INDEX_NONE)
            plan_pack(taking, pack, product_id);
        else
            plan_pack_change(taking, pack, &taking->packs[at]);
    }
}

static void plan_all(struct taking *taking, struct import_result *result)
{
    struct bytes *const parts[] = {&taking->products, &taking->changed_products, &taking->new_packs,
                                   &taking->changed_packs};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        bytes_init(parts[i], taking->arena, PLAN_BYTES_MAX);
    for (size_t i = 0; i < taking->file.products_count; i++) {
        if (taking->file.products[i].errors_count > 0)
            continue;
        plan_one(taking, i);
        result->rows_taken += (int64_t)taking->file.products[i].rows_count;
    }
}

static text plan_text(const struct taking *taking)
{
    const struct {
        const char *name;
        const struct bytes *rows;
    } parts[] = {{"products", &taking->products},
                 {"changed_products", &taking->changed_products},
                 {"packs", &taking->new_packs},
                 {"changed_packs", &taking->changed_packs}};
    struct bytes plan;
    bytes_init(&plan, taking->arena, 4 * PLAN_BYTES_MAX + 256);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        bytes_add_format(&plan, "%c\"%s\":[", i == 0 ? '{' : ',', parts[i].name);
        bytes_add(&plan, bytes_text(parts[i].rows));
        bytes_add_char(&plan, ']');
    }
    bytes_add_char(&plan, '}');
    return bytes_text(&plan);
}

static enum problem apply_plan(struct taking *taking)
{
    static const char *const statements[] = {"products/import_add", "products/import_change", "catalog/import_add",
                                             "catalog/import_change", "registry/announce"};
    text plan = plan_text(taking);
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; i < sizeof statements / sizeof statements[0] && problem == PROBLEM_NONE; i++) {
        struct outcome outcome;
        problem = DB_RUN(taking->db, statements[i], &outcome, {"county", taking->from->county},
                         {"shop_id", uuid_format(taking->arena, taking->from->shop_id)}, {"plan", plan},
                         {"actor_id", uuid_format(taking->arena, taking->from->requested_by)},
                         {"now", instant_format(taking->arena, taking->request.now)});
    }
    return problem;
}

/* ---- The report ---- */

static void write_problem(struct bytes *json, const struct product_problem *problem)
{
    bytes_add_format(json, "{\"kind\":\"%s\",\"row\":%lld,\"column\":", problem->is_notice ? "notice" : "error",
                     (long long)problem->row);
    bytes_add_json_string(json, problem->column.at == NULL ? TEXT("") : problem->column);
    bytes_add_format(json, ",\"code\":\"%s\",\"message\":{\"zh\":", problem->code);
    bytes_add_json_string(json, text_from(problem_code_words(problem->code, LANGUAGE_ZH)));
    bytes_add(json, TEXT(",\"en\":"));
    bytes_add_json_string(json, text_from(problem_code_words(problem->code, LANGUAGE_EN)));
    bytes_add(json, TEXT("}}"));
}

/* Errors first: they keep products out. */
static void write_problems(struct bytes *json, const struct product_file *file)
{
    size_t written = 0;
    for (int notices = 0; notices < 2; notices++)
        for (const struct product_problem *problem = file->problems; problem != NULL; problem = problem->next) {
            if (problem->is_notice != (notices == 1) || written == PROBLEMS_SHOWN_MAX)
                continue;
            bytes_add(json, written++ > 0 ? TEXT(",") : TEXT(""));
            write_problem(json, problem);
        }
}

static void write_report(struct taking *taking, struct import_result *result)
{
    const struct product_file *file = &taking->file;
    const struct counts *products = &taking->products_counts, *packs = &taking->packs_counts;
    struct bytes json;
    bytes_init(&json, taking->arena, PLAN_BYTES_MAX);
    bytes_add_format(&json,
                     "{\"encoding\":\"%s\",\"format\":\"%s\",\"stopped\":%s,\"products_made\":%lld,"
                     "\"products_changed\":%lld,\"products_same\":%lld,\"offers_made\":%lld,\"offers_changed\":%lld,"
                     "\"offers_same\":%lld,\"errors_count\":%zu,\"notices_count\":%zu,\"problems\":[",
                     csv_encoding_name(file->encoding), file->header.is_shopify ? "shopify" : "own",
                     result->stopped ? "true" : "false", (long long)products->made, (long long)products->changed,
                     (long long)products->same, (long long)packs->made, (long long)packs->changed,
                     (long long)packs->same, file->errors_count, file->notices_count);
    write_problems(&json, file);
    bytes_add_format(&json, "],\"problems_shown_max\":%d}", PROBLEMS_SHOWN_MAX);
    result->report = bytes_text(&json);
}

/* ---- The whole ---- */

struct asked_options {
    text category_code, grade;
};
static const struct field option_fields[] = {
    FIELD(asked_options, category_code, FIELD_TEXT, .optional = true),
    FIELD(asked_options, grade, FIELD_TEXT, .optional = true),
    FIELDS_END,
};

static enum problem read_options(struct taking *taking, struct product_reading *reading)
{
    struct problems problems;
    struct asked_options asked = {0};
    problems_init(&problems, taking->arena);
    if (decode_json(option_fields, taking->from->options, taking->arena, &asked, NULL, &problems) != PROBLEM_NONE)
        return PROBLEM_OURS;
    reading->options = (struct product_options){asked.category_code, asked.grade};
    return PROBLEM_NONE;
}

/* One import a county at a time, and of a shop that is open still. */
static enum problem enter_shop(struct taking *taking, const struct parameter *shop, size_t shop_count)
{
    struct outcome outcome;
    enum problem problem = DB_RUN(taking->db, "registry/import_lock", &outcome, {"county", taking->from->county});
    if (problem == PROBLEM_NONE)
        problem = db_run(taking->db, "catalog/import_shop", shop, shop_count, &outcome);
    if (problem != PROBLEM_NONE)
        return problem;
    bool is_open = rows_count(outcome.rows) > 0 && text_equal(value_at(outcome.rows, 0, "is_open"), TEXT("t"));
    return is_open ? PROBLEM_NONE : PROBLEM_WRONG_STATE;
}

enum problem products_take(struct db *db, struct arena *arena, const struct import_file *from, instant now,
                           struct import_result *result)
{
    struct taking *taking = arena_alloc(arena, sizeof *taking);
    const struct parameter shop[] = {{"county", from->county}, {"shop_id", uuid_format(arena, from->shop_id)}};
    const size_t shop_count = sizeof shop / sizeof shop[0];
    struct product_reading reading = {.county = from->county, .base = uuid_new(now)};
    *taking = (struct taking){.db = db, .arena = arena, .from = from, .packs_base = uuid_new(now)};
    taking->request = (struct request){.arena = arena, .now = now, .parameter = parameter_of_decision};
    enum problem problem = enter_shop(taking, shop, shop_count);
    if (problem == PROBLEM_NONE)
        problem = load_products(taking, shop, shop_count);
    if (problem == PROBLEM_NONE)
        problem = load_packs(taking, shop, shop_count);
    if (problem == PROBLEM_NONE)
        problem = load_categories(taking, &reading);
    if (problem == PROBLEM_NONE)
        problem = read_options(taking, &reading);
    if (problem != PROBLEM_NONE)
        return problem;
    product_file_read(arena, from->content, &reading, &taking->file);
    match_all(taking);
    result->rows_read = taking->file.rows_read;
    result->stopped = !taking->file.is_readable || (taking->file.errors_count > 0 && !from->only_clean);
    if (taking->file.is_readable)
        plan_all(taking, result);
    if (result->stopped)
        result->rows_taken = 0;
    else if (!from->dry_run)
        problem = apply_plan(taking);
    write_report(taking, result);
    return problem;
}

enum problem product_imports_run(struct db *db, struct arena *arena, instant now)
{
    (void)arena;
    return imports_work(db, TEXT("products"), now, products_take);
}

/* ---- Routes ---- */

enum problem product_import_prepare(const struct request *request, const void *facts, void *plan,
                                    struct problems *problems)
{
    if (request->raw_body.length > PRODUCT_FILE_BYTES_MAX)
        return PROBLEM_TOO_LARGE;
    return import_request_prepare(request, facts, plan, problems);
}

enum problem product_template_prepare(const struct request *request, const void *facts, void *plan,
                                      struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "template", product_template(request->arena, request->language));
    return PROBLEM_NONE;
}
