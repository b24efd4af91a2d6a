/* A table as XLSX: facts above it, one row of heads that stays in sight, numbers as numbers. In constant memory: a row is written when it
   is done. Text is never taken for a formula, since it is written as a string cell. */
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "render.h"

enum { WIDTH_MIN = 8, WIDTH_MAX = 48, ROWS_MEASURED = 200 };

struct sheet {
    lxw_worksheet *worksheet;
    lxw_format *title, *head, *words, *formats[TABLE_KINDS_COUNT];
    struct arena *arena;
    const struct table *table;
};

/* A full-width character takes two places. */
static double width_of(text words)
{
    double width = 0;
    uint32_t point;
    for (size_t step; (step = text_first_character(words, &point)) > 0; words = text_part(words, step, words.length))
        width += point >= 0x1100 ? 2 : 1;
    return width;
}

static double column_width(const struct table *table, size_t column)
{
    double width = width_of(table->columns[column].head);
    for (size_t row = 0; row < table->rows_count && row < ROWS_MEASURED; row++) {
        double cell = width_of(table_cell(table, row, column));
        width = cell > width ? cell : width;
    }
    width += 2;
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
}

static void write_words(const struct sheet *sheet, lxw_row_t row, lxw_col_t column, text words, lxw_format *format)
{
    if (words.at != NULL)
        worksheet_write_string(sheet->worksheet, row, column, text_terminated(sheet->arena, words), format);
}

static void write_cell(const struct sheet *sheet, lxw_row_t row, lxw_col_t column, text value)
{
    static const double divisors[TABLE_KINDS_COUNT] = {[TABLE_COUNT] = 1, [TABLE_YUAN] = 100, [TABLE_SHARE] = 1000000};
    enum table_kind kind = sheet->table->columns[column].kind;
    int64_t number;
    if (value.at == NULL)
        return;
    if (kind == TABLE_WORDS || !text_to_int64(value, INT64_MIN, INT64_MAX, &number))
        write_words(sheet, row, column, value, sheet->words);
    else
        worksheet_write_number(sheet->worksheet, row, column, (double)number / divisors[kind], sheet->formats[kind]);
}

static lxw_format *number_format(lxw_workbook *workbook, const char *format_code)
{
    lxw_format *format = workbook_add_format(workbook);
    format_set_num_format(format, format_code);
    return format;
}

static void make_formats(struct sheet *sheet, lxw_workbook *workbook)
{
    sheet->title = workbook_add_format(workbook);
    format_set_bold(sheet->title);
    format_set_font_size(sheet->title, 14);
    sheet->head = workbook_add_format(workbook);
    format_set_bold(sheet->head);
    format_set_bg_color(sheet->head, 0xE8EEE4);
    format_set_bottom(sheet->head, LXW_BORDER_THIN);
    format_set_text_wrap(sheet->head);
    sheet->words = workbook_add_format(workbook);
    format_set_num_format(sheet->words, "@");
    sheet->formats[TABLE_COUNT] = number_format(workbook, "0");
    sheet->formats[TABLE_YUAN] = number_format(workbook, "#,##0.00");
    sheet->formats[TABLE_SHARE] = number_format(workbook, "0.00%");
}

static void write_sheet(struct sheet *sheet)
{
    const struct table *table = sheet->table;
    lxw_row_t row = 0;
    for (size_t i = 0; i < table->columns_count; i++)
        worksheet_set_column(sheet->worksheet, (lxw_col_t)i, (lxw_col_t)i, column_width(table, i), NULL);
    write_words(sheet, row++, 0, table->title, sheet->title);
    for (size_t i = 0; i < table->facts_count; i++, row++) {
        write_words(sheet, row, 0, table->facts[i].name, NULL);
        write_words(sheet, row, 1, table->facts[i].value, sheet->words);
    }
    row++;
    for (size_t i = 0; i < table->columns_count; i++)
        write_words(sheet, row, (lxw_col_t)i, table->columns[i].head, sheet->head);
    worksheet_freeze_panes(sheet->worksheet, row + 1, 0);
    worksheet_repeat_rows(sheet->worksheet, row, row);
    row++;
    for (size_t i = 0; i < table->rows_count; i++, row++)
        for (size_t column = 0; column < table->columns_count; column++)
            write_cell(sheet, row, (lxw_col_t)column, table_cell(table, i, column));
    worksheet_set_paper(sheet->worksheet, 9); /* A4 */
    worksheet_set_landscape(sheet->worksheet);
    worksheet_fit_to_pages(sheet->worksheet, 1, 0);
    worksheet_set_footer(sheet->worksheet, "&C&P / &N");
}

/* The library writes files only, and its ZIP wants to seek: a file in memory, then to the descriptor. */
static bool pour(int from, int to)
{
    char piece[64 * 1024];
    if (lseek(from, 0, SEEK_SET) != 0)
        return false;
    for (;;) {
        ssize_t got = read(from, piece, sizeof piece);
        if (got <= 0)
            return got == 0;
        for (ssize_t at = 0, put; at < got; at += put)
            if ((put = write(to, piece + at, (size_t)(got - at))) <= 0)
                return false;
    }
}

bool render_xlsx(struct arena *arena, const struct table *table, int descriptor)
{
    int memory = memfd_create("xlsx", MFD_CLOEXEC);
    char path[32];
    must(memory >= 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", memory);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    if (workbook == NULL)
        return false;
    struct sheet sheet = {.arena = arena, .table = table, .worksheet = workbook_add_worksheet(workbook, "1")};
    make_formats(&sheet, workbook);
    write_sheet(&sheet);
    lxw_error error = workbook_close(workbook);
    if (error != LXW_NO_ERROR)
        log_error("xlsx_failed", LOG_TEXT("why", text_from(lxw_strerror(error))));
    bool is_written = error == LXW_NO_ERROR && pour(memory, descriptor);
    close(memory);
    return is_written;
}
