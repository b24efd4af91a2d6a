/* A table for people: title, what is said above it, columns with a kind, cells. What XLSX and PDF are written from, and how it is handed
   to the process that writes them. */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/problem.h"

enum table_kind {
    TABLE_WORDS,
    TABLE_COUNT, /* a whole number */
    TABLE_YUAN,  /* fen, shown in yuan with two decimals */
    TABLE_SHARE, /* parts per million, shown in percent with two decimals */
    TABLE_KINDS_COUNT
};
struct table_fact {
    text name, value;
};
struct table_column {
    text name; /* the field */
    text head; /* for people, in their language */
    enum table_kind kind;
};
#define TABLE_COLUMNS_MAX 64
#define TABLE_FACTS_MAX 24
struct table {
    text title;
    enum language language;
    struct table_fact facts[TABLE_FACTS_MAX];
    size_t facts_count;
    struct table_column columns[TABLE_COLUMNS_MAX];
    size_t columns_count;
    text *cells; /* rows_count × columns_count; .at NULL: nothing is known */
    size_t rows_count;
};
text table_cell(const struct table *table, size_t row, size_t column);
void table_encode(const struct table *table, struct bytes *into);
MUST_USE bool table_decode(struct arena *arena, text encoded,
                           struct table *table); /* false: not what table_encode writes */

/* ---- field_words.c: what a field is called on paper ---- */
text field_words(text name, enum language language);  /* the name itself where no words are known */
text value_words(text value, enum language language); /* "registered" → 在册; else the value */

#endif
