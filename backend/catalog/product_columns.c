/* The columns of a product file. Ours have a name in English and one in Chinese; beside them stand Shopify's, as its help pages publish
   them: first those of files until 2024 (Handle, Body (HTML), Variant SKU …), then those of today (URL handle, Description, SKU …).
   Understood of Shopify: handle, title, description, category and type, status, options, SKU, grams, price. Ignored with a notice of their
   own: pictures (nothing is fetched) and inventory (stock comes from lots). All its other columns, vendor, tags, published, tax, SEO,
   Google Shopping, markets, metafields, are ignored with one notice each. */
#include "catalog/product_import.h"

enum { COLUMN_NAMES_MAX = 4 };

static const struct product_column {
    const char *names[COLUMN_NAMES_MAX]; /* ours in English and Chinese, or Shopify's alone */
    bool is_ours;
    const char *notice;
} columns[PRODUCT_CELLS_COUNT] = {
    [PRODUCT_HANDLE] = {{"handle", "商品编码", "URL handle"}, true},
    [PRODUCT_NAME] = {{"name", "商品名称", "Title"}, true},
    [PRODUCT_CATEGORY] = {{"category_code", "类目", "Product Category"}, true},
    [PRODUCT_TYPE] = {{"Type"}},
    [PRODUCT_DESCRIPTION] = {{"description", "商品描述", "Body (HTML)"}, true},
    [PRODUCT_STATUS] = {{"Status"}},
    [PRODUCT_SKU] = {{"sku", "货号", "Variant SKU"}, true},
    [PRODUCT_PACK_NAME] = {{"pack_name", "规格"}, true},
    [PRODUCT_GRADE] = {{"grade", "等级"}, true},
    [PRODUCT_PACK_QTY] = {{"pack_qty", "每包数量"}, true},
    [PRODUCT_GROSS_G] = {{"gross_g", "每包毛重克", "Variant Grams", "Weight value (grams)"}, true},
    [PRODUCT_PRICE] = {{"price_yuan", "单价元", "Variant Price", "Price"}, true},
    [PRODUCT_PACKS_MAX] = {{"packs_per_buyer_max", "每人限购"}, true},
    [PRODUCT_OPTION1_NAME] = {{"Option1 Name"}},
    [PRODUCT_OPTION1_VALUE] = {{"Option1 Value"}},
    [PRODUCT_OPTION2_NAME] = {{"Option2 Name"}},
    [PRODUCT_OPTION2_VALUE] = {{"Option2 Value"}},
    [PRODUCT_OPTION3_NAME] = {{"Option3 Name"}},
    [PRODUCT_OPTION3_VALUE] = {{"Option3 Value"}},
    [PRODUCT_IMAGE] = {{"Image Src", "Product image URL"}, .notice = "images-not-fetched"},
    [PRODUCT_PACK_IMAGE] = {{"Variant Image", "Variant image URL"}, .notice = "images-not-fetched"},
    [PRODUCT_STOCK] = {{"Variant Inventory Qty", "Inventory quantity"}, .notice = "stock-from-lots"},
};

static enum product_cell cell_named(text heading)
{
    for (size_t cell = 0; cell < PRODUCT_CELLS_COUNT; cell++)
        for (size_t i = 0; i < COLUMN_NAMES_MAX && columns[cell].names[i] != NULL; i++)
            if (csv_is_named(heading, columns[cell].names[i]))
                return (enum product_cell)cell;
    return PRODUCT_CELLS_COUNT;
}

static bool header_fault(struct csv_fault *fault, const char *code, size_t position, text what)
{
    *fault = (struct csv_fault){.code = code, .row = 1, .column = (int64_t)position + 1, .what = what};
    return false;
}

static bool is_of_shopify(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (csv_is_named(row->cells[i], "Title"))
            return true;
    return false;
}

static bool place_column(struct product_header *header, size_t position, struct csv_fault *fault)
{
    text heading = header->words[position];
    enum product_cell cell = cell_named(heading);
    bool is_known = cell != PRODUCT_CELLS_COUNT && (columns[cell].is_ours || header->is_shopify);
    if (!is_known && !header->is_shopify)
        return header_fault(fault, CSV_FAULT_UNKNOWN_COLUMN, position, heading);
    header->ignored[position] = !is_known;
    if (!is_known)
        return true;
    if (header->positions[cell] != CSV_COLUMN_ABSENT)
        return header_fault(fault, CSV_FAULT_REPEATED_COLUMN, position, heading);
    header->positions[cell] = position;
    return true;
}

bool product_header_read(const struct csv_row *row, struct product_header *header, struct csv_fault *fault)
{
    *header = (struct product_header){.count = row->count, .is_shopify = is_of_shopify(row)};
    for (size_t cell = 0; cell < PRODUCT_CELLS_COUNT; cell++)
        header->positions[cell] = CSV_COLUMN_ABSENT;
    for (size_t i = 0; i < row->count; i++) {
        header->words[i] = text_trim(row->cells[i]);
        if (header->words[i].length > 0 && !place_column(header, i, fault))
            return false;
    }
    if (header->positions[PRODUCT_NAME] == CSV_COLUMN_ABSENT)
        return header_fault(fault, CSV_FAULT_MISSING_COLUMN, row->count, text_from(columns[PRODUCT_NAME].names[0]));
    return true;
}

text product_cell_words(const struct product_header *header, enum product_cell cell)
{
    size_t position = header->positions[cell];
    return position == CSV_COLUMN_ABSENT ? text_from(columns[cell].names[0]) : header->words[position];
}

const char *product_cell_notice(enum product_cell cell)
{
    return columns[cell].notice;
}

text product_template(struct arena *arena, enum language language)
{
    struct bytes csv;
    text names[PRODUCT_CELLS_COUNT];
    size_t count = 0;
    for (size_t cell = 0; cell < PRODUCT_CELLS_COUNT; cell++)
        if (columns[cell].is_ours)
            names[count++] = text_from(columns[cell].names[language == LANGUAGE_ZH ? 1 : 0]);
    bytes_init(&csv, arena, CSV_ROW_BYTES_MAX);
    csv_write_mark(&csv);
    csv_write_row(&csv, names, count);
    return bytes_text(&csv);
}

/* ---- Descriptions ---- */

static bool take_entity(struct bytes *plain, text *rest)
{
    static const struct {
        text name, stands_for;
    } entities[] = {
        {{"&amp;", 5}, {"&", 1}},   {{"&lt;", 4}, {"<", 1}},  {{"&gt;", 4}, {">", 1}},
        {{"&quot;", 6}, {"\"", 1}}, {{"&#39;", 5}, {"'", 1}}, {{"&nbsp;", 6}, {" ", 1}},
    };
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
        if (text_starts_with(*rest, entities[i].name)) {
            bytes_add(plain, entities[i].stands_for);
            *rest = text_part(*rest, entities[i].name.length, rest->length);
            return true;
        }
    return false;
}

/* "<p>", "</p>", "<br/>": a tag begins with a letter or a slash, so that 5 < 6 stays. */
static bool skip_tag(text *rest)
{
    char next = rest->length > 1 ? rest->at[1] : ' ';
    bool opens = next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    const char *end = opens ? memchr(rest->at, '>', rest->length) : NULL;
    if (end == NULL)
        return false;
    *rest = text_part(*rest, (size_t)(end - rest->at) + 1, rest->length);
    return true;
}

static void add_space(struct bytes *plain)
{
    if (plain->length > 0 && plain->at[plain->length - 1] != ' ')
        bytes_add_char(plain, ' ');
}

bool product_description_plain(struct arena *arena, text typed, text *plain)
{
    struct bytes into;
    bool had_tags = false;
    bytes_init(&into, arena, typed.length + 1);
    for (text rest = typed; rest.length > 0;) {
        char c = rest.at[0];
        if (c == '<' && skip_tag(&rest)) {
            had_tags = true;
            add_space(&into);
        } else if (c != '&' || !take_entity(&into, &rest)) {
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
                add_space(&into);
            else
                bytes_add_char(&into, c);
            rest = text_part(rest, 1, rest.length);
        }
    }
    *plain = text_trim(bytes_text(&into));
    return had_tags;
}
