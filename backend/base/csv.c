/* Reads and writes CSV. A row is a view into the source; only doubled quotes force a copy. Never guesses at broken rows. */
#include <unicode/ucnv.h>

#include "base.h"
#include "base/csv.h"

#define UTF8_MARK TEXT("\xEF\xBB\xBF")
/* GB18030 spends at most four bytes where UTF-8 spends four, and two where UTF-8 spends three. */
#define GB18030_GROWTH_MAX 2

static bool gb18030_to_utf8(struct arena *arena, text file, text *utf8)
{
    if (file.length > CSV_FILE_BYTES_MAX)
        return false;
    UErrorCode error = U_ZERO_ERROR;
    UConverter *from = ucnv_open("GB18030", &error);
    UConverter *to = ucnv_open("UTF-8", &error);
    must(U_SUCCESS(error));
    ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    size_t room = file.length * GB18030_GROWTH_MAX + 4;
    char *start = arena_alloc(arena, room);
    char *target = start;
    const char *source = file.at;
    ucnv_convertEx(to, from, &target, start + room, &source, file.at + file.length, NULL, NULL, NULL, NULL, true, true,
                   &error);
    ucnv_close(from);
    ucnv_close(to);
    if (U_FAILURE(error))
        return false;
    *utf8 = (text){start, (size_t)(target - start)};
    return true;
}

enum csv_encoding csv_to_utf8(struct arena *arena, text file, text *utf8)
{
    text unmarked = text_starts_with(file, UTF8_MARK) ? text_part(file, UTF8_MARK.length, file.length) : file;
    if (text_is_utf8(unmarked)) {
        *utf8 = unmarked;
        return CSV_UTF8;
    }
    return gb18030_to_utf8(arena, file, utf8) ? CSV_GB18030 : CSV_UNKNOWN;
}

void csv_init(struct csv *csv, struct arena *arena, text utf8)
{
    if (text_starts_with(utf8, UTF8_MARK))
        utf8 = text_part(utf8, UTF8_MARK.length, utf8.length);
    *csv = (struct csv){.arena = arena, .rest = utf8};
}

static enum csv_step csv_break(struct csv *csv, const char *code, size_t column)
{
    csv->fault = (struct csv_fault){.code = code, .row = csv->rows_read, .column = (int64_t)column};
    csv->rest = TEXT_NONE;
    return CSV_BROKEN;
}

static void csv_skip(struct csv *csv, size_t count)
{
    csv->rest.at += count;
    csv->rest.length -= count;
}

/* Where the bare cell at the start of `rest` ends. */
static size_t bare_length(text rest)
{
    size_t length = 0;
    while (length < rest.length && rest.at[length] != ',' && rest.at[length] != '\n' && rest.at[length] != '\r')
        length++;
    return length;
}

/* The length between the quotes; SIZE_MAX when they never close. Counts the quotes that stand doubled. */
static size_t quoted_length(text rest, size_t *doubled)
{
    *doubled = 0;
    size_t at = 1;
    for (;;) {
        const char *quote = at < rest.length ? memchr(rest.at + at, '"', rest.length - at) : NULL;
        if (quote == NULL)
            return SIZE_MAX;
        at = (size_t)(quote - rest.at);
        if (at + 1 >= rest.length || rest.at[at + 1] != '"')
            return at - 1;
        ++*doubled;
        at += 2;
    }
}

static text undouble(struct arena *arena, text quoted, size_t doubled)
{
    if (doubled == 0)
        return quoted;
    char *plain = arena_alloc(arena, quoted.length);
    size_t length = 0;
    for (size_t i = 0; i < quoted.length; i++) {
        plain[length++] = quoted.at[i];
        if (quoted.at[i] == '"')
            i++;
    }
    return (text){plain, length};
}

/* Cuts one cell off the rest, leaving what separates it from the next. False: quotes are wrong. */
static bool csv_cell_next(struct csv *csv, text *cell)
{
    if (csv->rest.length == 0 || csv->rest.at[0] != '"') {
        *cell = text_part(csv->rest, 0, bare_length(csv->rest));
        csv_skip(csv, cell->length);
        return memchr(cell->at, '"', cell->length) == NULL;
    }
    size_t doubled;
    size_t length = quoted_length(csv->rest, &doubled);
    if (length == SIZE_MAX)
        return false;
    *cell = undouble(csv->arena, (text){csv->rest.at + 1, length}, doubled);
    csv_skip(csv, length + 2);
    /* Not strchr: it would find its terminator for a NUL in the file. */
    return csv->rest.length == 0 || memchr(",\r\n", csv->rest.at[0], 3) != NULL;
}

/* Takes LF, CRLF or a lone CR; true when the row has ended. */
static bool csv_line_end(struct csv *csv)
{
    if (csv->rest.length == 0)
        return true;
    if (csv->rest.at[0] == ',')
        return false;
    bool pair = text_starts_with(csv->rest, TEXT("\r\n"));
    csv_skip(csv, pair ? 2 : 1);
    return true;
}

static enum csv_step csv_read_row(struct csv *csv, struct csv_row *row)
{
    const char *start = csv->rest.at;
    row->count = 0;
    row->number = ++csv->rows_read;
    for (;;) {
        if (row->count == CSV_COLUMNS_MAX)
            return csv_break(csv, CSV_FAULT_COLUMNS, CSV_COLUMNS_MAX + 1);
        if (!csv_cell_next(csv, &row->cells[row->count]))
            return csv_break(csv, CSV_FAULT_QUOTE, row->count + 1);
        row->count++;
        if ((size_t)(csv->rest.at - start) > CSV_ROW_BYTES_MAX)
            return csv_break(csv, CSV_FAULT_ROW_TOO_LONG, 0);
        if (csv_line_end(csv))
            return CSV_ROW;
        csv_skip(csv, 1);
    }
}

static bool row_is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (text_trim(row->cells[i]).length > 0)
            return false;
    }
    return true;
}

enum csv_step csv_next(struct csv *csv, struct csv_row *row)
{
    while (csv->rest.length > 0) {
        if (csv_read_row(csv, row) == CSV_BROKEN)
            return CSV_BROKEN;
        if (!row_is_blank(row))
            return CSV_ROW;
    }
    return csv->fault.code == NULL ? CSV_END : CSV_BROKEN;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool names_match(text cell, const char *name)
{
    text wanted = text_from(name);
    if (cell.length != wanted.length)
        return false;
    for (size_t i = 0; i < cell.length; i++) {
        if (ascii_lower(cell.at[i]) != ascii_lower(wanted.at[i]))
            return false;
    }
    return true;
}

bool csv_is_named(text heading, const char *name)
{
    return names_match(text_trim(heading), name);
}

static size_t column_named(text cell, const struct csv_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (names_match(cell, columns[i].name) || (columns[i].name_zh != NULL && names_match(cell, columns[i].name_zh)))
            return i;
    }
    return CSV_COLUMN_ABSENT;
}

static bool header_fault(struct csv_fault *fault, const char *code, size_t position, text what)
{
    *fault = (struct csv_fault){.code = code, .row = 1, .column = (int64_t)position + 1, .what = what};
    return false;
}

bool csv_map_header(const struct csv_row *header, const struct csv_column *columns, size_t count, size_t *positions,
                    struct csv_fault *fault)
{
    for (size_t i = 0; i < count; i++)
        positions[i] = CSV_COLUMN_ABSENT;
    for (size_t position = 0; position < header->count; position++) {
        text cell = text_trim(header->cells[position]);
        if (cell.length == 0)
            continue;
        size_t column = column_named(cell, columns, count);
        if (column == CSV_COLUMN_ABSENT)
            return header_fault(fault, CSV_FAULT_UNKNOWN_COLUMN, position, cell);
        if (positions[column] != CSV_COLUMN_ABSENT)
            return header_fault(fault, CSV_FAULT_REPEATED_COLUMN, position, cell);
        positions[column] = position;
    }
    for (size_t i = 0; i < count; i++) {
        if (columns[i].required && positions[i] == CSV_COLUMN_ABSENT)
            return header_fault(fault, CSV_FAULT_MISSING_COLUMN, header->count, text_from(columns[i].name));
    }
    return true;
}

text csv_cell(const struct csv_row *row, size_t position)
{
    if (position >= row->count)
        return TEXT_NONE;
    text cell = text_trim(row->cells[position]);
    return cell.length == 0 ? TEXT_NONE : cell;
}

void csv_write_mark(struct bytes *into)
{
    bytes_add(into, UTF8_MARK);
}

static bool is_plain_number(text value)
{
    size_t at = value.length > 0 && value.at[0] == '-' ? 1 : 0;
    size_t digits = 0, points = 0;
    for (; at < value.length; at++) {
        if (value.at[at] == '.')
            points++;
        else if (value.at[at] >= '0' && value.at[at] <= '9')
            digits++;
        else
            return false;
    }
    return digits > 0 && points <= 1;
}

/* Full-width signs too: a spreadsheet with a Chinese keyboard takes ＝ for =. */
static bool looks_like_formula(text value)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    if (is_plain_number(value))
        return false;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (text_starts_with(value, text_from(starts[i])))
            return true;
    }
    return false;
}

static bool needs_quotes(text value)
{
    for (size_t i = 0; i < value.length; i++) {
        if (memchr(",\"\r\n", value.at[i], 4) != NULL)
            return true;
    }
    return value.length > 0 && (value.at[0] == ' ' || value.at[value.length - 1] == ' ');
}

static void write_cell(struct bytes *into, text value, bool guarded)
{
    bool quoted = needs_quotes(value);
    if (quoted)
        bytes_add_char(into, '"');
    if (guarded)
        bytes_add_char(into, '\'');
    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] == '"')
            bytes_add_char(into, '"');
        bytes_add_char(into, value.at[i]);
    }
    if (quoted)
        bytes_add_char(into, '"');
}

void csv_write_plain(struct bytes *into, text value)
{
    write_cell(into, value, false);
}

void csv_write_value(struct bytes *into, text value)
{
    write_cell(into, value, looks_like_formula(value));
}

void csv_write_row(struct bytes *into, const text *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            bytes_add_char(into, ',');
        csv_write_value(into, values[i]);
    }
    bytes_add(into, TEXT("\r\n"));
}
