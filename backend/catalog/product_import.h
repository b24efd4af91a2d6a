/* Products of a shop from a file, in our own columns or in Shopify's: columns, rows, and what they mean beside what the shop has. */
#ifndef CATALOG_PRODUCT_IMPORT_H
#define CATALOG_PRODUCT_IMPORT_H

#include "base/xlsx.h"
#include "catalog.h"
#include "products.h"
#include "registry.h"

/* ---- product_columns.c ---- */
enum product_cell {
    PRODUCT_HANDLE,
    PRODUCT_NAME,
    PRODUCT_CATEGORY,
    PRODUCT_TYPE,
    PRODUCT_DESCRIPTION,
    PRODUCT_STATUS,
    PRODUCT_SKU,
    PRODUCT_PACK_NAME,
    PRODUCT_GRADE,
    PRODUCT_PACK_QTY,
    PRODUCT_GROSS_G,
    PRODUCT_PRICE,
    PRODUCT_PACKS_MAX,
    PRODUCT_OPTION1_NAME,
    PRODUCT_OPTION1_VALUE,
    PRODUCT_OPTION2_NAME,
    PRODUCT_OPTION2_VALUE,
    PRODUCT_OPTION3_NAME,
    PRODUCT_OPTION3_VALUE,
    PRODUCT_IMAGE,
    PRODUCT_PACK_IMAGE,
    PRODUCT_STOCK,
    PRODUCT_CELLS_COUNT
};
struct product_header {
    size_t positions[PRODUCT_CELLS_COUNT];
    text words[CSV_COLUMNS_MAX]; /* as the file says, by position */
    size_t count;
    bool ignored[CSV_COLUMNS_MAX]; /* of Shopify, but nothing of ours */
    bool is_shopify;
};
/* Of our own file every column must be known: data must not get lost unseen. Of a Shopify file the others are ignored, with a notice. */
MUST_USE bool product_header_read(const struct csv_row *row, struct product_header *header, struct csv_fault *fault);
/* What the file calls a column; ours where it has none. */
text product_cell_words(const struct product_header *header, enum product_cell cell);
/* NULL: used. Otherwise the code of the notice that says why not. */
const char *product_cell_notice(enum product_cell cell);
/* The heading row of an empty file. */
text product_template(struct arena *arena, enum language language);
/* What stood in <p>, without its tags; true when there were any. Line ends become spaces. */
MUST_USE bool product_description_plain(struct arena *arena, text typed, text *plain);

/* ---- text_index.c: places of things by their name ---- */
#define TEXT_INDEX_NONE SIZE_MAX
struct text_index;
struct text_index *text_index_new(struct arena *arena, size_t names_max);
size_t text_index_find(const struct text_index *index, text name); /* TEXT_INDEX_NONE: not there */
void text_index_add(struct text_index *index, text name, size_t at);

/* ---- product_file.c: the file alone, held against the rules of POST products and POST offers ---- */
struct product_category {
    text code, name_zh, name_en, base_unit;
};
struct pack_row {
    int64_t row;
    size_t product;
    text sku, name, grade;
    int64_t pack_qty, packs_max; /* packs_max 0: not said */
    money price_fen;
    struct pack_row *next; /* of the same product */
};
struct product_row {
    int64_t row;
    text handle, name, category_code, description, base_unit;
    int64_t gross_weight_ppm; /* 0: not said */
    struct pack_row *packs, **packs_end;
    size_t rows_count, errors_count;
    uuid id; /* what it gets when it is new */
};
struct product_problem {
    int64_t row;
    text column;
    const char *code;
    bool is_notice;
    struct product_problem *next;
};
struct product_options {
    text category_code, grade; /* where a row says none */
};
struct product_file {
    struct arena *arena;
    struct product_header header;
    struct product_row *products;
    size_t products_count;
    struct pack_row *packs;
    size_t packs_count, errors_count, notices_count;
    struct product_problem *problems, **problems_end;
    int64_t rows_read;
    enum csv_encoding encoding;
    bool is_readable;
};
struct product_reading {
    const struct product_category *categories;
    size_t categories_count;
    struct product_options options;
    text county;
    uuid base; /* each product takes the next follower as its id */
};
void product_file_read(struct arena *arena, text file, const struct product_reading *reading,
                       struct product_file *read);
/* `product` NULL: of the file as a whole. Errors keep their product out. */
void product_file_complain(struct product_file *file, struct product_row *product, int64_t row, enum product_cell cell,
                           const char *code);

/* ---- product_import.c ---- */
import_take products_take;
enum problem product_imports_run(struct db *db, struct arena *arena, instant now);
enum problem product_import_prepare(const struct request *request, const void *facts, void *plan,
                                    struct problems *problems);
decide_function product_template_prepare;
extern const struct field catalog_offer_fields[];

#endif
