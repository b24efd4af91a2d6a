/* Reads XLSX: a ZIP of XML parts, streamed through expat in pieces, never unpacked as a whole. Refuses any DOCTYPE, so no entity is ever
   declared; expat itself opens nothing. What is kept grows only with what is shown: shared strings, date styles, the rows as CSV. */
#include <expat.h>
#include <zip.h>

#include "base.h"
#include "base/xlsx.h"
#include "base/xlsx_cells.h"

enum kind { KIND_NUMBER, KIND_SHARED, KIND_YES, KIND_WORDS };
enum {
    PIECE_BYTES = 64 * 1024,
    SHEET_ROWS_MAX = 1048576,
    RELATIONS_MAX = 1000,
    STYLES_MAX = 65536,
    NAMES_DEPTH_MAX = 32
};
#define ROW_ARENA_BYTES ((size_t)1024 * 1024)
#define RATIO_FREE_BYTES (1024 * 1024) /* what any part may unpack to, however well it was packed */

struct relation {
    text id, type, target;
};
struct book {
    struct arena *arena;
    struct arena *row; /* of the rows being read; renewed, since a sheet has millions of cells */
    zip_t *archive;
    struct csv_fault *fault;
    int64_t unpacked_bytes, cells_count;
    struct relation relations[RELATIONS_MAX];
    size_t relations_count;
    text sheet_id; /* of the first visible sheet; TEXT_NONE until it is found */
    bool since_1904;
    text *strings;
    size_t strings_count, strings_room;
    bool styles_are_dates[STYLES_MAX];
    size_t styles_count;
    struct {
        int64_t id;
        bool is_date;
    } formats[STYLES_MAX];
    size_t formats_count;
    struct bytes csv;
};
/* One part as it is read. */
struct part {
    struct book *book;
    XML_Parser parser;
    struct bytes words; /* of the cell or string that is open */
    bool in_phonetic, in_value, in_styles, is_stopped;
    int depth;
    /* the worksheet */
    int64_t row, column, style;
    enum kind kind;
    text cells[CSV_COLUMNS_MAX];
    size_t cells_count;
    int64_t rows_written;
    void (*begins)(struct part *part, text name, const char **attributes);
    void (*ends)(struct part *part, text name);
};

static void stop(struct part *part, const char *code)
{
    if (part->is_stopped)
        return;
    part->is_stopped = true;
    if (part->book->fault->code == NULL)
        *part->book->fault = (struct csv_fault){.code = code, .row = part->row, .column = part->column};
    XML_StopParser(part->parser, XML_FALSE);
}

/* ---- Names: "namespace|name" without the first, whatever prefix the writer took ---- */

static text local_name(const char *name)
{
    const char *bar = strrchr(name, '|');
    return text_from(bar == NULL ? name : bar + 1);
}

static text attribute(const char **attributes, text wanted)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (text_equal(local_name(attributes[0]), wanted))
            return text_from(attributes[1]);
    return TEXT_NONE;
}

/* ---- Text: expat hands it over in pieces ---- */

static void take_words(void *part_, const char *at, int length)
{
    struct part *part = part_;
    if (!part->in_value || part->in_phonetic)
        return;
    if (!bytes_fits(&part->words, (size_t)length))
        stop(part, CSV_FAULT_ROW_TOO_LONG);
    else
        bytes_add(&part->words, (text){at, (size_t)length});
}

static void begin_words(struct part *part)
{
    part->words.length = 0;
}

/* ---- Workbook and relations ---- */

static void workbook_begins(struct part *part, text name, const char **attributes)
{
    struct book *book = part->book;
    if (text_equal(name, TEXT("workbookPr"))) {
        text since_1904 = attribute(attributes, TEXT("date1904"));
        book->since_1904 = text_equal(since_1904, TEXT("1")) || text_equal(since_1904, TEXT("true"));
    }
    text state = attribute(attributes, TEXT("state"));
    bool is_visible = state.at == NULL || text_equal(state, TEXT("visible"));
    if (text_equal(name, TEXT("sheet")) && book->sheet_id.at == NULL && is_visible)
        book->sheet_id = text_copy(book->arena, attribute(attributes, TEXT("id")));
}

static void relations_begins(struct part *part, text name, const char **attributes)
{
    struct book *book = part->book;
    if (!text_equal(name, TEXT("Relationship")))
        return;
    if (book->relations_count == RELATIONS_MAX) {
        stop(part, XLSX_FAULT_TOO_LARGE);
        return;
    }
    book->relations[book->relations_count++] = (struct relation){
        text_copy(book->arena, attribute(attributes, TEXT("Id"))),
        text_copy(book->arena, attribute(attributes, TEXT("Type"))),
        text_copy(book->arena, attribute(attributes, TEXT("Target"))),
    };
}

/* ---- Shared strings ---- */

static void strings_begins(struct part *part, text name, const char **attributes)
{
    (void)attributes;
    if (text_equal(name, TEXT("si")))
        begin_words(part);
    part->in_phonetic = part->in_phonetic || text_equal(name, TEXT("rPh"));
    part->in_value = text_equal(name, TEXT("t"));
}

static void add_string(struct part *part)
{
    struct book *book = part->book;
    if (book->strings_count == XLSX_STRINGS_MAX) {
        stop(part, XLSX_FAULT_TOO_LARGE);
        return;
    }
    if (book->strings_count == book->strings_room) {
        size_t more = book->strings_room == 0 ? 1024 : 2 * book->strings_room;
        text *larger = arena_alloc_items(book->arena, more, sizeof *larger);
        if (book->strings_count > 0)
            memcpy(larger, book->strings, book->strings_count * sizeof *larger);
        book->strings = larger;
        book->strings_room = more;
    }
    book->strings[book->strings_count++] = text_copy(book->arena, bytes_text(&part->words));
}

static void strings_ends(struct part *part, text name)
{
    part->in_value = false;
    if (text_equal(name, TEXT("rPh")))
        part->in_phonetic = false;
    else if (text_equal(name, TEXT("si")))
        add_string(part);
}

/* ---- Styles: only whether a number is a date ---- */

static void add_format(struct part *part, const char **attributes)
{
    struct book *book = part->book;
    int64_t id;
    if (book->formats_count == STYLES_MAX ||
        !text_to_int64(attribute(attributes, TEXT("numFmtId")), 0, INT32_MAX, &id)) {
        stop(part, XLSX_FAULT_BROKEN);
        return;
    }
    book->formats[book->formats_count].id = id;
    book->formats[book->formats_count++].is_date = xlsx_format_is_date(attribute(attributes, TEXT("formatCode")));
}

static bool style_is_date(const struct book *book, int64_t format)
{
    for (size_t i = 0; i < book->formats_count; i++)
        if (book->formats[i].id == format)
            return book->formats[i].is_date;
    return xlsx_built_in_is_date(format);
}

static void styles_begins(struct part *part, text name, const char **attributes)
{
    struct book *book = part->book;
    int64_t format = 0;
    if (text_equal(name, TEXT("numFmt")))
        add_format(part, attributes);
    if (text_equal(name, TEXT("cellXfs")))
        part->in_styles = true;
    if (!part->in_styles || !text_equal(name, TEXT("xf")))
        return;
    text typed = attribute(attributes, TEXT("numFmtId"));
    if (book->styles_count == STYLES_MAX || (typed.at != NULL && !text_to_int64(typed, 0, INT32_MAX, &format)))
        stop(part, XLSX_FAULT_BROKEN);
    else
        book->styles_are_dates[book->styles_count++] = style_is_date(book, format);
}

static void styles_ends(struct part *part, text name)
{
    if (text_equal(name, TEXT("cellXfs")))
        part->in_styles = false;
}

/* ---- The sheet ---- */

static void begin_row(struct part *part, const char **attributes)
{
    int64_t number = part->row + 1;
    text typed = attribute(attributes, TEXT("r"));
    if (typed.at != NULL && !text_to_int64(typed, part->row + 1, SHEET_ROWS_MAX, &number))
        stop(part, XLSX_FAULT_BROKEN);
    part->row = number;
    part->column = 0;
    part->cells_count = 0;
}

static enum kind kind_named(text typed)
{
    if (typed.at == NULL || text_equal(typed, TEXT("n")))
        return KIND_NUMBER;
    if (text_equal(typed, TEXT("s")))
        return KIND_SHARED;
    return text_equal(typed, TEXT("b")) ? KIND_YES : KIND_WORDS; /* str, inlineStr, e */
}

static void begin_cell(struct part *part, const char **attributes)
{
    text place = attribute(attributes, TEXT("r")), style = attribute(attributes, TEXT("s"));
    int64_t column = part->column + 1;
    part->style = 0;
    if (++part->book->cells_count > XLSX_CELLS_MAX)
        stop(part, XLSX_FAULT_TOO_LARGE);
    if ((place.at != NULL && !xlsx_column(place, &column)) || column <= part->column ||
        (style.at != NULL && !text_to_int64(style, 0, STYLES_MAX, &part->style)))
        stop(part, XLSX_FAULT_BROKEN);
    part->column = column;
    part->kind = kind_named(attribute(attributes, TEXT("t")));
    begin_words(part);
}

static void sheet_begins(struct part *part, text name, const char **attributes)
{
    if (text_equal(name, TEXT("row")))
        begin_row(part, attributes);
    else if (text_equal(name, TEXT("c")))
        begin_cell(part, attributes);
    part->in_phonetic = part->in_phonetic || text_equal(name, TEXT("rPh"));
    part->in_value = text_equal(name, TEXT("v")) || text_equal(name, TEXT("t"));
}

static text shared_string(struct part *part, text raw)
{
    int64_t index;
    if (text_to_int64(raw, 0, (int64_t)part->book->strings_count - 1, &index))
        return part->book->strings[index];
    stop(part, XLSX_FAULT_BROKEN);
    return TEXT("");
}

static text number_words(const struct part *part, text raw)
{
    const struct book *book = part->book;
    bool is_date = part->style < (int64_t)book->styles_count && book->styles_are_dates[part->style];
    return is_date ? xlsx_date(book->row, raw, book->since_1904) : xlsx_number(book->row, raw);
}

static text cell_words(struct part *part)
{
    text raw = text_copy(part->book->row, bytes_text(&part->words));
    if (raw.length == 0)
        return TEXT("");
    switch (part->kind) {
    case KIND_NUMBER:
        return number_words(part, raw);
    case KIND_SHARED:
        return shared_string(part, raw);
    case KIND_YES:
        return text_equal(raw, TEXT("1")) ? TEXT("TRUE") : TEXT("FALSE");
    case KIND_WORDS:
        break;
    }
    return raw;
}

static void end_cell(struct part *part)
{
    text words = cell_words(part);
    if (words.length == 0)
        return;
    if (part->column > CSV_COLUMNS_MAX) {
        stop(part, CSV_FAULT_COLUMNS);
        return;
    }
    while (part->cells_count < (size_t)part->column)
        part->cells[part->cells_count++] = TEXT("");
    part->cells[part->column - 1] = words;
}

static size_t row_bytes(const struct part *part)
{
    size_t bytes = 2;
    for (size_t i = 0; i < part->cells_count; i++)
        bytes += 2 * part->cells[i].length + 3;
    return bytes;
}

/* Rows the sheet leaves out are blank lines, so that a problem names the row a person sees. */
static void end_row(struct part *part)
{
    struct bytes *csv = &part->book->csv;
    if (part->cells_count == 0)
        return;
    size_t skipped = (size_t)(part->row - part->rows_written - 1);
    if (!bytes_fits(csv, row_bytes(part) + skipped)) {
        stop(part, XLSX_FAULT_TOO_LARGE);
        return;
    }
    for (; part->rows_written < part->row - 1; part->rows_written++)
        bytes_add_char(csv, '\n');
    for (size_t i = 0; i < part->cells_count; i++) {
        if (i > 0)
            bytes_add_char(csv, ',');
        csv_write_plain(csv, part->cells[i]);
    }
    bytes_add_char(csv, '\n');
    part->rows_written = part->row;
}

static void renew_row_arena(struct book *book)
{
    if (arena_bytes(book->row) < ROW_ARENA_BYTES)
        return;
    arena_free(book->row);
    book->row = arena_new();
}

static void sheet_ends(struct part *part, text name)
{
    part->in_value = false;
    if (text_equal(name, TEXT("rPh")))
        part->in_phonetic = false;
    else if (text_equal(name, TEXT("c")))
        end_cell(part);
    else if (text_equal(name, TEXT("row"))) {
        end_row(part);
        part->cells_count = 0;
        renew_row_arena(part->book);
    }
}

/* ---- A part through expat ---- */

static void element_begins(void *part_, const char *name, const char **attributes)
{
    struct part *part = part_;
    if (part->is_stopped)
        return;
    if (++part->depth > NAMES_DEPTH_MAX)
        stop(part, XLSX_FAULT_TOO_LARGE);
    else
        part->begins(part, local_name(name), attributes);
}

static void element_ends(void *part_, const char *name)
{
    struct part *part = part_;
    part->depth--;
    if (!part->is_stopped && part->ends != NULL)
        part->ends(part, local_name(name));
}

static void doctype_begins(void *part, const char *name, const char *system_id, const char *public_id, int has_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    stop(part, XLSX_FAULT_DOCTYPE);
}

static bool fail(struct book *book, const char *code)
{
    if (book->fault->code == NULL)
        *book->fault = (struct csv_fault){.code = code};
    return false;
}

static bool within_bounds(struct book *book, int64_t part_bytes, int64_t packed_bytes)
{
    return book->unpacked_bytes <= XLSX_UNPACKED_BYTES_MAX &&
           (part_bytes <= RATIO_FREE_BYTES || part_bytes / XLSX_RATIO_MAX <= packed_bytes);
}

/* What the archive says of its sizes is not believed: bytes are counted as they come. */
static bool parse_stream(struct book *book, struct part *part, zip_file_t *stream, int64_t packed_bytes)
{
    int64_t part_bytes = 0;
    for (;;) {
        void *piece = XML_GetBuffer(part->parser, PIECE_BYTES);
        zip_int64_t got = piece == NULL ? -1 : zip_fread(stream, piece, PIECE_BYTES);
        if (got < 0)
            return fail(book, XLSX_FAULT_BROKEN);
        part_bytes += got;
        book->unpacked_bytes += got;
        if (!within_bounds(book, part_bytes, packed_bytes))
            return fail(book, XLSX_FAULT_TOO_LARGE);
        if (XML_ParseBuffer(part->parser, (int)got, got == 0) != XML_STATUS_OK)
            return fail(book, XLSX_FAULT_BROKEN);
        if (got == 0)
            return true;
    }
}

static bool parse_part(struct book *book, text name, struct part *part)
{
    zip_stat_t found;
    const char *path = text_terminated(book->arena, name);
    zip_stat_init(&found);
    if (zip_stat(book->archive, path, 0, &found) != 0 || (found.valid & ZIP_STAT_COMP_SIZE) == 0)
        return fail(book, XLSX_FAULT_BROKEN);
    zip_file_t *stream = zip_fopen_index(book->archive, found.index, 0);
    if (stream == NULL)
        return fail(book, XLSX_FAULT_BROKEN);
    part->book = book;
    part->parser = XML_ParserCreateNS(NULL, '|');
    must(part->parser != NULL);
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, element_begins, element_ends);
    XML_SetCharacterDataHandler(part->parser, take_words);
    XML_SetStartDoctypeDeclHandler(part->parser, doctype_begins);
    bool fits = parse_stream(book, part, stream, (int64_t)found.comp_size);
    XML_ParserFree(part->parser);
    zip_fclose(stream);
    return fits && book->fault->code == NULL;
}

/* ---- The book ---- */

/* Targets stand below xl/ unless they begin at the root. */
static text part_path(struct book *book, text target)
{
    if (text_starts_with(target, TEXT("/")))
        return text_part(target, 1, target.length);
    return text_format(book->arena, "xl/%.*s", TEXT_ARGUMENTS(target));
}

static text related(struct book *book, text id, text type_ending)
{
    for (size_t i = 0; i < book->relations_count; i++) {
        const struct relation *relation = &book->relations[i];
        if (id.at != NULL ? text_equal(relation->id, id) : text_ends_with(relation->type, type_ending))
            return part_path(book, relation->target);
    }
    return TEXT_NONE;
}

static bool read_book(struct book *book)
{
    struct part *part = arena_alloc_items(book->arena, 5, sizeof *part);
    part[0].begins = workbook_begins;
    part[1].begins = relations_begins;
    part[2].begins = strings_begins;
    part[2].ends = strings_ends;
    part[3].begins = styles_begins;
    part[3].ends = styles_ends;
    part[4].begins = sheet_begins;
    part[4].ends = sheet_ends;
    for (size_t i = 0; i < 5; i++)
        bytes_init(&part[i].words, book->arena, CSV_ROW_BYTES_MAX);
    if (!parse_part(book, TEXT("xl/workbook.xml"), &part[0]) ||
        !parse_part(book, TEXT("xl/_rels/workbook.xml.rels"), &part[1]))
        return false;
    text strings = related(book, TEXT_NONE, TEXT("/sharedStrings"));
    text styles = related(book, TEXT_NONE, TEXT("/styles"));
    text sheet = book->sheet_id.at == NULL ? TEXT_NONE : related(book, book->sheet_id, TEXT_NONE);
    if ((strings.at != NULL && !parse_part(book, strings, &part[2])) ||
        (styles.at != NULL && !parse_part(book, styles, &part[3])))
        return false;
    return sheet.at == NULL ? fail(book, XLSX_FAULT_BROKEN) : parse_part(book, sheet, &part[4]);
}

bool xlsx_to_csv(struct arena *arena, text file, text *csv, struct csv_fault *fault)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(file.at, file.length, 0, &error);
    struct book *book = arena_alloc(arena, sizeof *book);
    must(source != NULL);
    *fault = (struct csv_fault){0};
    book->arena = arena;
    book->fault = fault;
    book->row = arena_new();
    book->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (book->archive == NULL) {
        zip_source_free(source);
        arena_free(book->row);
        return fail(book, XLSX_FAULT_BROKEN);
    }
    bytes_init(&book->csv, arena, XLSX_CSV_BYTES_MAX);
    bool is_read =
        zip_get_num_entries(book->archive, 0) <= XLSX_ENTRIES_MAX ? read_book(book) : fail(book, XLSX_FAULT_TOO_LARGE);
    zip_discard(book->archive);
    arena_free(book->row);
    *csv = bytes_text(&book->csv);
    return is_read;
}

/* ---- Either of the two ---- */

#define ZIP_BEGINS TEXT("PK\x03\x04")
#define OLE_BEGINS TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") /* .xls, and any XLSX behind a password */

enum csv_encoding sheet_to_utf8(struct arena *arena, text file, text *utf8, struct csv_fault *fault)
{
    *fault = (struct csv_fault){.code = CSV_FAULT_ENCODING};
    if (text_starts_with(file, ZIP_BEGINS))
        return xlsx_to_csv(arena, file, utf8, fault) ? CSV_XLSX : CSV_UNKNOWN;
    if (text_starts_with(file, OLE_BEGINS)) {
        fault->code = XLSX_FAULT_OLD;
        return CSV_UNKNOWN;
    }
    return csv_to_utf8(arena, file, utf8);
}

const char *csv_encoding_name(enum csv_encoding encoding)
{
    static const char *const names[] = {
        [CSV_UNKNOWN] = "unknown", [CSV_UTF8] = "UTF-8", [CSV_GB18030] = "GB18030", [CSV_XLSX] = "XLSX"};
    return names[encoding];
}
