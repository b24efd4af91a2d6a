/* CSV as county offices write it: RFC 4180 with LF or CRLF, UTF-8 with or without a mark, or GB18030 out of a spreadsheet. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/limits.h"
#include "base/text.h"

struct csv_row {
    text cells[CSV_COLUMNS_MAX]; /* trimmed of nothing; "" is an empty cell, never TEXT_NONE */
    size_t count;
    int64_t number; /* as a spreadsheet counts: the header is row 1 */
};
/* `code` is one of the csv-… words of this header; row and column count from 1, 0 means the whole. */
struct csv_fault {
    const char *code;
    int64_t row, column;
    text what; /* the column's name where that helps */
};
#define CSV_FAULT_ENCODING "csv-encoding" /* neither UTF-8 nor GB18030 */
#define CSV_FAULT_QUOTE "csv-quote"       /* a quote never closed, or words beside one */
#define CSV_FAULT_COLUMNS "csv-too-many-columns"
#define CSV_FAULT_ROW_TOO_LONG "csv-row-too-long"
#define CSV_FAULT_UNKNOWN_COLUMN "csv-unknown-column"
#define CSV_FAULT_REPEATED_COLUMN "csv-repeated-column"
#define CSV_FAULT_MISSING_COLUMN "csv-missing-column"
#define CSV_FAULT_EMPTY "csv-empty" /* not even a header */

enum csv_encoding { CSV_UNKNOWN, CSV_UTF8, CSV_GB18030, CSV_XLSX };
/* The file as UTF-8 without its mark. CSV_UNKNOWN leaves `utf8` alone. UTF-8 input is not copied. */
MUST_USE enum csv_encoding csv_to_utf8(struct arena *arena, text file, text *utf8);

enum csv_step { CSV_ROW, CSV_END, CSV_BROKEN };
struct csv {
    struct arena *arena; /* only cells with doubled quotes are copied into it */
    text rest;
    int64_t rows_read;
    struct csv_fault fault; /* set by CSV_BROKEN; reading does not go on after it */
};
void csv_init(struct csv *csv, struct arena *arena, text utf8);
/* The next row that is not blank. */
MUST_USE enum csv_step csv_next(struct csv *csv, struct csv_row *row);

/* A table of these is the contract of a file: both names are accepted, in any order of columns, upper or lower case. */
struct csv_column {
    const char *name;    /* English, the same as the field */
    const char *name_zh; /* as the sheet says */
    bool required;
};
#define CSV_COLUMN_ABSENT SIZE_MAX
/* positions[i] = where columns[i] stands in each row. Unknown and repeated columns are refused: data must not get lost unseen. */
MUST_USE bool csv_map_header(const struct csv_row *header, const struct csv_column *columns, size_t count,
                             size_t *positions, struct csv_fault *fault);
/* Whether a heading is this name: upper or lower case, white space around it aside. */
MUST_USE bool csv_is_named(text heading, const char *name);
/* The trimmed cell, TEXT_NONE when the row has no such cell or it is blank. */
text csv_cell(const struct csv_row *row, size_t position);

struct bytes;
void csv_write_mark(struct bytes *into); /* so that a spreadsheet reads UTF-8 */
/* One cell as it is, quoted if it must be: for what is read by a program again, never for a spreadsheet. */
void csv_write_plain(struct bytes *into, text value);
/* One cell, quoted if it must be; words a spreadsheet would run as a formula get a leading apostrophe, plain numbers don't. */
void csv_write_value(struct bytes *into, text value);
void csv_write_row(struct bytes *into, const text *values, size_t count); /* ends with CRLF */

#endif
