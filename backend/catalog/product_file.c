/* Reads a product file row by row and groups packs under their products. Each is held against the very fields that POST products and
   POST offers take, so a file and a form are refused alike. Knows nothing of what the shop has. */
#include "catalog/product_import.h"

#define UNGRADED TEXT("统货")
#define ROW_JSON_BYTES_MAX (2 * CSV_ROW_BYTES_MAX)
enum { PPM = 1000000 };

struct reader {
    struct arena *arena;
    const struct product_reading *reading;
    struct product_file *file;
    struct text_index *by_key, *by_pack;
    const struct csv_row *row;
    struct product_row *product;
    struct problems problems;
};

/* ---- Complaints ---- */

static void say(struct product_file *file, const struct product_problem *said)
{
    struct product_problem *problem = arena_alloc(file->arena, sizeof *problem);
    *problem = *said;
    *file->problems_end = problem;
    file->problems_end = &problem->next;
    if (said->is_notice)
        file->notices_count++;
    else
        file->errors_count++;
}

void product_file_complain(struct product_file *file, struct product_row *product, int64_t row, enum product_cell cell,
                           const char *code)
{
    say(file, &(struct product_problem){.row = row, .column = product_cell_words(&file->header, cell), .code = code});
    if (product != NULL)
        product->errors_count++;
}

static void complain(struct reader *reader, enum product_cell cell, const char *code)
{
    product_file_complain(reader->file, reader->product, reader->row->number, cell, code);
}

static void notice(struct reader *reader, enum product_cell cell, const char *code)
{
    text column = product_cell_words(&reader->file->header, cell);
    say(reader->file,
        &(struct product_problem){.row = reader->row->number, .column = column, .code = code, .is_notice = true});
}

static bool stop(struct product_file *file, const struct csv_fault *fault)
{
    say(file, &(struct product_problem){.row = fault->row, .column = fault->what, .code = fault->code});
    return false;
}

/* ---- Cells ---- */

static text cell(const struct reader *reader, enum product_cell which)
{
    return csv_cell(reader->row, reader->file->header.positions[which]);
}

/* Whole, though a spreadsheet may have written 500.0. */
static int64_t whole_number(struct reader *reader, enum product_cell which)
{
    int64_t hundredths = 0;
    text typed = cell(reader, which);
    if (typed.at == NULL)
        return 0;
    if (!text_to_hundredths(typed, &hundredths) || hundredths % 100 != 0)
        complain(reader, which, "not-whole");
    return hundredths / 100;
}

static money price_of(struct reader *reader)
{
    money price_fen = 0;
    text typed = cell(reader, PRODUCT_PRICE);
    if (typed.at == NULL)
        complain(reader, PRODUCT_PRICE, "required");
    else if (!text_to_hundredths(typed, &price_fen))
        complain(reader, PRODUCT_PRICE, "not-a-number");
    return price_fen;
}

/* ---- Categories ---- */

static const struct product_category *category_named(const struct reader *reader, text name)
{
    for (size_t i = 0; i < reader->reading->categories_count && name.at != NULL; i++) {
        const struct product_category *category = &reader->reading->categories[i];
        const char *code = text_terminated(reader->arena, category->code);
        const char *name_en = text_terminated(reader->arena, category->name_en);
        if (csv_is_named(name, code) || csv_is_named(name, name_en) || text_equal(text_trim(name), category->name_zh))
            return category;
    }
    return NULL;
}

/* "Food > Nuts > Walnuts": Shopify's taxonomy is a path, its last part may be one of ours. */
static text last_part(text path)
{
    text part = path;
    for (text rest = path; rest.at != NULL;)
        part = text_cut(&rest, '>');
    return part;
}

static const struct product_category *category_of(const struct reader *reader)
{
    const text names[] = {
        cell(reader, PRODUCT_CATEGORY),
        last_part(cell(reader, PRODUCT_CATEGORY)),
        cell(reader, PRODUCT_TYPE),
        reader->reading->options.category_code,
    };
    const struct product_category *found = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && found == NULL; i++)
        found = category_named(reader, names[i]);
    return found;
}

/* ---- The fields of the forms ---- */

struct form_pointer {
    const char *pointer;
    enum product_cell cell;
};
static const struct form_pointer product_pointers[] = {
    {"/name", PRODUCT_NAME},
    {"/handle", PRODUCT_HANDLE},
    {"/category_code", PRODUCT_CATEGORY},
    {"/description", PRODUCT_DESCRIPTION},
    {"/gross_weight_ppm", PRODUCT_GROSS_G},
    {NULL, PRODUCT_NAME},
};
static const struct form_pointer pack_pointers[] = {
    {"/name", PRODUCT_PACK_NAME},    {"/grade", PRODUCT_GRADE},     {"/sku", PRODUCT_SKU},
    {"/pack_qty", PRODUCT_PACK_QTY}, {"/price_fen", PRODUCT_PRICE}, {"/packs_per_buyer_max", PRODUCT_PACKS_MAX},
    {NULL, PRODUCT_PACK_NAME},
};

static void add_text(struct bytes *json, const char *name, text value)
{
    if (value.at == NULL)
        return;
    bytes_add_format(json, "%s\"%s\":", json->length > 1 ? "," : "", name);
    bytes_add_json_string(json, value);
}

static void add_count(struct bytes *json, const char *name, int64_t value)
{
    if (value != 0)
        bytes_add_format(json, "%s\"%s\":%lld", json->length > 1 ? "," : "", name, (long long)value);
}

static void hold_against(struct reader *reader, const struct field *fields, struct bytes *json,
                         const struct form_pointer *pointers)
{
    bytes_add_char(json, '}');
    problems_init(&reader->problems, reader->arena);
    if (decode_json(fields, bytes_text(json), reader->arena, NULL, NULL, &reader->problems) == PROBLEM_NONE)
        return;
    for (size_t i = 0; i < reader->problems.count; i++) {
        const struct form_pointer *place = pointers;
        while (place->pointer != NULL && !text_equal(text_from(place->pointer), reader->problems.details[i].pointer))
            place++;
        complain(reader, place->cell, reader->problems.details[i].code);
    }
}

static void json_begin(struct reader *reader, struct bytes *json)
{
    bytes_init(json, reader->arena,
               ROW_JSON_BYTES_MAX * 3); /* escaping makes a byte six at most; cells are read twice at most */
    bytes_add_char(json, '{');
}

static void check_product(struct reader *reader)
{
    const struct product_row *product = reader->product;
    struct bytes json;
    json_begin(reader, &json);
    add_text(&json, "name", product->name);
    add_text(&json, "handle", product->handle);
    add_text(&json, "category_code", product->category_code);
    add_text(&json, "description", product->description);
    add_count(&json, "gross_weight_ppm", product->gross_weight_ppm);
    hold_against(reader, product_propose_fields, &json, product_pointers);
}

static void check_pack(struct reader *reader, const struct pack_row *pack)
{
    struct bytes json;
    text product_id = county_id_format(reader->arena, county_id_of(reader->reading->county, reader->product->id));
    json_begin(reader, &json);
    add_text(&json, "product_id", product_id);
    add_text(&json, "name", pack->name);
    add_text(&json, "grade", pack->grade);
    add_text(&json, "sku", pack->sku);
    bytes_add_format(&json, ",\"pack_qty\":%lld,\"price_fen\":%lld", (long long)pack->pack_qty,
                     (long long)pack->price_fen);
    add_count(&json, "packs_per_buyer_max", pack->packs_max);
    hold_against(reader, catalog_offer_fields, &json, pack_pointers);
}

/* ---- Packs ---- */

static text options_joined(const struct reader *reader)
{
    static const struct {
        enum product_cell name, value;
    } options[] = {{PRODUCT_OPTION1_NAME, PRODUCT_OPTION1_VALUE},
                   {PRODUCT_OPTION2_NAME, PRODUCT_OPTION2_VALUE},
                   {PRODUCT_OPTION3_NAME, PRODUCT_OPTION3_VALUE}};
    struct bytes joined;
    bytes_init(&joined, reader->arena, CSV_ROW_BYTES_MAX + 16);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        text value = cell(reader, options[i].value);
        if (value.at == NULL || text_equal(value, TEXT("Default Title")))
            continue;
        bytes_add(&joined, joined.length > 0 ? TEXT(" / ") : TEXT(""));
        bytes_add(&joined, value);
    }
    return joined.length == 0 ? TEXT_NONE : bytes_text(&joined);
}

/* What a pack is called that was given no name: how much it holds. */
static text amount_words(const struct reader *reader, int64_t pack_qty)
{
    static const struct {
        text unit;
        const char *words;
    } units[] = {{{"g", 1}, "克"}, {{"ml", 2}, "毫升"}, {{"piece", 5}, "件"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text_equal(reader->product->base_unit, units[i].unit) && pack_qty > 0)
            return text_format(reader->arena, "%lld %s", (long long)pack_qty, units[i].words);
    return TEXT("1");
}

static text grade_of(struct reader *reader)
{
    text grade = cell(reader, PRODUCT_GRADE);
    if (grade.at == NULL)
        grade = reader->reading->options.grade;
    if (grade.at != NULL)
        return grade;
    notice(reader, PRODUCT_GRADE, "grade-assumed");
    return UNGRADED;
}

/* Shopify knows a weight only: of goods sold by weight it is what the pack holds, of all others there is one a pack. */
static int64_t pack_qty_of(struct reader *reader, int64_t gross_g)
{
    if (cell(reader, PRODUCT_PACK_QTY).at != NULL)
        return whole_number(reader, PRODUCT_PACK_QTY);
    bool is_by_weight = text_equal(reader->product->base_unit, TEXT("g"));
    if (reader->file->header.is_shopify && is_by_weight && gross_g > 0)
        return gross_g;
    if (reader->file->header.is_shopify && text_equal(reader->product->base_unit, TEXT("piece")))
        return 1;
    complain(reader, PRODUCT_PACK_QTY, "required");
    return 1;
}

static void weigh_product(struct reader *reader, const struct pack_row *pack, int64_t gross_g)
{
    struct product_row *product = reader->product;
    if (product->gross_weight_ppm != 0 || gross_g <= 0 || pack->pack_qty <= 0)
        return;
    if (!money_ratio(gross_g, PPM, pack->pack_qty, &product->gross_weight_ppm))
        complain(reader, PRODUCT_GROSS_G, "above-max");
}

static bool holds_pack(const struct reader *reader)
{
    return cell(reader, PRODUCT_PRICE).at != NULL || cell(reader, PRODUCT_SKU).at != NULL ||
           cell(reader, PRODUCT_PACK_QTY).at != NULL || cell(reader, PRODUCT_PACK_NAME).at != NULL ||
           options_joined(reader).at != NULL;
}

static void find_repeated(struct reader *reader, const struct pack_row *pack)
{
    text key = text_format(reader->arena, "%zu\n%.*s\n%.*s", pack->product, TEXT_ARGUMENTS(pack->name),
                           TEXT_ARGUMENTS(pack->grade));
    if (text_index_find(reader->by_pack, key) != TEXT_INDEX_NONE)
        complain(reader, PRODUCT_PACK_NAME, "repeated");
    text_index_add(reader->by_pack, key, 0);
    if (pack->sku.at == NULL)
        return;
    key = text_format(reader->arena, "sku\n%.*s", TEXT_ARGUMENTS(pack->sku));
    if (text_index_find(reader->by_pack, key) != TEXT_INDEX_NONE)
        complain(reader, PRODUCT_SKU, "repeated");
    text_index_add(reader->by_pack, key, 0);
}

static void read_pack(struct reader *reader)
{
    struct product_file *file = reader->file;
    struct product_row *product = reader->product;
    struct pack_row *pack = &file->packs[file->packs_count++];
    int64_t gross_g = whole_number(reader, PRODUCT_GROSS_G);
    size_t errors_before = product->errors_count;
    *pack = (struct pack_row){.row = reader->row->number, .product = (size_t)(product - file->products)};
    pack->sku = cell(reader, PRODUCT_SKU);
    pack->grade = grade_of(reader);
    pack->pack_qty = pack_qty_of(reader, gross_g);
    pack->price_fen = price_of(reader);
    pack->packs_max = whole_number(reader, PRODUCT_PACKS_MAX);
    pack->name = cell(reader, PRODUCT_PACK_NAME);
    if (pack->name.at == NULL)
        pack->name = options_joined(reader);
    if (pack->name.at == NULL)
        pack->name = amount_words(reader, pack->pack_qty);
    if (product->errors_count == errors_before)
        check_pack(reader, pack);
    find_repeated(reader, pack);
    weigh_product(reader, pack, gross_g);
    *product->packs_end = pack;
    product->packs_end = &pack->next;
}

/* ---- Products ---- */

static text description_of(struct reader *reader)
{
    text plain = TEXT_NONE, typed = cell(reader, PRODUCT_DESCRIPTION);
    if (typed.at != NULL && product_description_plain(reader->arena, typed, &plain))
        notice(reader, PRODUCT_DESCRIPTION, "markup-removed");
    return plain;
}

static void begin_product(struct reader *reader, text key)
{
    struct product_file *file = reader->file;
    size_t at = file->products_count++;
    const struct product_category *category = category_of(reader);
    reader->product = &file->products[at];
    *reader->product = (struct product_row){
        .row = reader->row->number,
        .handle = cell(reader, PRODUCT_HANDLE),
        .name = cell(reader, PRODUCT_NAME),
        .id = uuid_nth(reader->reading->base, (uint32_t)at),
    };
    reader->product->packs_end = &reader->product->packs;
    reader->product->description = description_of(reader);
    if (category != NULL) {
        reader->product->category_code = category->code;
        reader->product->base_unit = category->base_unit;
    } else {
        reader->product->category_code = TEXT("-"); /* said here, once, better than the form would */
        complain(reader, PRODUCT_CATEGORY, cell(reader, PRODUCT_CATEGORY).at == NULL ? "required" : "not-found");
    }
    text_index_add(reader->by_key, key, at);
}

static void differs(struct reader *reader, enum product_cell which, text said)
{
    text typed = cell(reader, which);
    if (typed.at != NULL && !text_equal(typed, said))
        complain(reader, which, "differs-above");
}

/* A further row of a product says nothing of it, or the same again. */
static void go_on_with_product(struct reader *reader, size_t at)
{
    reader->product = &reader->file->products[at];
    differs(reader, PRODUCT_NAME, reader->product->name);
    differs(reader, PRODUCT_HANDLE, reader->product->handle);
    const struct product_category *category = category_named(reader, cell(reader, PRODUCT_CATEGORY));
    if (category != NULL)
        differs(reader, PRODUCT_CATEGORY,
                text_equal(category->code, reader->product->category_code) ? cell(reader, PRODUCT_CATEGORY)
                                                                           : TEXT_NONE);
}

static void read_row(struct reader *reader, const struct csv_row *row)
{
    reader->row = row;
    reader->product = NULL;
    if (csv_is_named(cell(reader, PRODUCT_STATUS), "archived")) {
        notice(reader, PRODUCT_STATUS, "row-archived");
        return;
    }
    text key = cell(reader, PRODUCT_HANDLE);
    if (key.at == NULL)
        key = cell(reader, PRODUCT_NAME);
    if (key.at == NULL) {
        complain(reader, PRODUCT_NAME, "required");
        return;
    }
    size_t at = text_index_find(reader->by_key, key);
    if (at == TEXT_INDEX_NONE)
        begin_product(reader, key);
    else
        go_on_with_product(reader, at);
    reader->product->rows_count++;
    if (holds_pack(reader))
        read_pack(reader);
    if (at == TEXT_INDEX_NONE)
        check_product(reader);
}

/* ---- The file ---- */

/* Once a column, at the first row that has something in it. */
static void note_unused(struct reader *reader, bool *noted)
{
    struct product_file *file = reader->file;
    for (size_t position = 0; position < file->header.count; position++)
        if (!noted[position] && file->header.ignored[position] && csv_cell(reader->row, position).at != NULL) {
            noted[position] = true;
            say(file, &(struct product_problem){.row = reader->row->number,
                                                .column = file->header.words[position],
                                                .code = "column-ignored",
                                                .is_notice = true});
        }
    for (size_t which = 0; which < PRODUCT_CELLS_COUNT; which++) {
        size_t position = file->header.positions[which];
        const char *code = product_cell_notice((enum product_cell)which);
        if (code == NULL || position == CSV_COLUMN_ABSENT || noted[position] || cell(reader, which).at == NULL)
            continue;
        noted[position] = true;
        notice(reader, (enum product_cell)which, code);
    }
}

static bool read_rows(struct reader *reader, struct csv *csv)
{
    struct csv_row row;
    bool noted[CSV_COLUMNS_MAX] = {false};
    for (;;) {
        switch (csv_next(csv, &row)) {
        case CSV_END:
            return true;
        case CSV_BROKEN:
            return stop(reader->file, &csv->fault);
        case CSV_ROW:
            break;
        }
        if (reader->file->rows_read == PRODUCT_FILE_ROWS_MAX)
            return stop(reader->file, &(struct csv_fault){.code = "file-too-many-rows", .row = row.number});
        reader->file->rows_read++;
        read_row(reader, &row);
        note_unused(reader, noted);
    }
}

static bool read_header(struct product_file *file, struct csv *csv)
{
    struct csv_row row;
    struct csv_fault fault = {.code = CSV_FAULT_EMPTY};
    switch (csv_next(csv, &row)) {
    case CSV_ROW:
        return product_header_read(&row, &file->header, &fault) || stop(file, &fault);
    case CSV_BROKEN:
        return stop(file, &csv->fault);
    case CSV_END:
        break;
    }
    return stop(file, &fault);
}

void product_file_read(struct arena *arena, text file, const struct product_reading *reading, struct product_file *read)
{
    text utf8;
    struct csv csv;
    struct reader reader = {.arena = arena, .reading = reading, .file = read};
    struct csv_fault fault;
    *read = (struct product_file){.arena = arena, .encoding = sheet_to_utf8(arena, file, &utf8, &fault)};
    read->problems_end = &read->problems;
    if (read->encoding == CSV_UNKNOWN) {
        (void)stop(read, &fault);
        return;
    }
    csv_init(&csv, arena, utf8);
    if (!read_header(read, &csv))
        return;
    read->products = arena_alloc_items(arena, PRODUCT_FILE_ROWS_MAX, sizeof *read->products);
    read->packs = arena_alloc_items(arena, PRODUCT_FILE_ROWS_MAX, sizeof *read->packs);
    reader.by_key = text_index_new(arena, PRODUCT_FILE_ROWS_MAX);
    reader.by_pack = text_index_new(arena, 2 * PRODUCT_FILE_ROWS_MAX);
    read->is_readable = read_rows(&reader, &csv);
}
