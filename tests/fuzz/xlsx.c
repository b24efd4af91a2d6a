/* Hostile bytes for the XLSX reader: as a whole file, and as the sheet of a file that is whole otherwise. */
#include <zip.h>

#include "base.h"
#include "base/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_part(zip_t *archive, const char *name, text part)
{
    zip_source_t *source = zip_source_buffer(archive, part.at, part.length, 0);
    must(source != NULL && zip_file_add(archive, name, source, 0) >= 0);
}

static text book_around(struct arena *arena, text sheet)
{
    zip_error_t error;
    zip_source_t *into = zip_source_buffer_create(NULL, 0, 0, &error);
    must(into != NULL);
    zip_source_keep(into);
    zip_t *archive = zip_open_from_source(into, ZIP_TRUNCATE, &error);
    must(archive != NULL);
    add_part(archive, "xl/workbook.xml",
             TEXT("<workbook xmlns:r='r'><sheets><sheet name='1' r:id='a'/></sheets></workbook>"));
    add_part(archive, "xl/_rels/workbook.xml.rels",
             TEXT("<Relationships><Relationship Id='a' Type='x/worksheet' Target='s.xml'/>"
                  "<Relationship Id='b' Type='x/sharedStrings' Target='t.xml'/></Relationships>"));
    add_part(archive, "xl/t.xml", TEXT("<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>"));
    add_part(archive, "xl/s.xml", sheet);
    must(zip_close(archive) == 0);
    zip_stat_t stat;
    must(zip_source_stat(into, &stat) == 0 && zip_source_open(into) == 0);
    char *bytes = arena_alloc(arena, stat.size + 1);
    must(zip_source_read(into, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(into);
    zip_source_free(into);
    return (text){bytes, stat.size};
}

static void read_rows(struct arena *arena, text file)
{
    text utf8;
    struct csv csv;
    struct csv_row row;
    struct csv_fault fault;
    if (sheet_to_utf8(arena, file, &utf8, &fault) == CSV_UNKNOWN) {
        must(fault.code != NULL);
        return;
    }
    csv_init(&csv, arena, utf8);
    while (csv_next(&csv, &row) == CSV_ROW)
        must(row.count <= CSV_COLUMNS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    text bytes = {(const char *)data, size};
    read_rows(arena, bytes);
    read_rows(arena, book_around(arena, bytes));
    arena_free(arena);
    return 0;
}
