/* A table as PDF for the file and the notice board: A4, title, facts, heads on every page, page numbers. Two passes over the same measures:
   the first finds where pages end, since each says how many there are. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <unistd.h>

#include "render.h"

#define FONT "Noto Sans CJK SC, Noto Sans"
#define A4_SHORT 595.28
#define A4_LONG 841.89
#define MARGIN 36.0
#define PADDING 3.0
#define FOOT 18.0
enum { COLUMNS_UPRIGHT_MAX = 7, ROWS_MEASURED = 200, TITLE_SIZE = 15, FACT_SIZE = 9, CELL_SIZE = 8 };

struct page_writer {
    cairo_t *cairo;
    PangoLayout *layout;
    const struct table *table;
    struct arena *arena;
    double width, height;                             /* of the page */
    double at;                                        /* down the page */
    size_t columns[TABLE_COLUMNS_MAX], columns_count; /* those that are shown */
    double widths[TABLE_COLUMNS_MAX];
    size_t page, pages;
    bool draws;
};

/* ---- What a cell says ---- */

/* A thousand yuan is 1,000.00, as on any account. */
static text grouped(struct arena *arena, int64_t number, int64_t unit)
{
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    text whole = text_format(arena, "%llu", (unsigned long long)(size / (uint64_t)unit));
    struct bytes words;
    bytes_init(&words, arena, 64);
    if (number < 0)
        bytes_add_char(&words, '-');
    for (size_t i = 0; i < whole.length; i++) {
        if (i > 0 && (whole.length - i) % 3 == 0)
            bytes_add_char(&words, ',');
        bytes_add_char(&words, whole.at[i]);
    }
    if (unit == 100)
        bytes_add_format(&words, ".%02u", (unsigned)(size % 100));
    return bytes_text(&words);
}

static text cell_words(struct page_writer *writer, size_t row, size_t column)
{
    text value = table_cell(writer->table, row, column);
    int64_t number;
    enum table_kind kind = writer->table->columns[column].kind;
    if (value.at == NULL)
        return TEXT("—"); /* not known is not nothing */
    if (kind == TABLE_WORDS || !text_to_int64(value, INT64_MIN, INT64_MAX, &number))
        return value;
    if (kind == TABLE_SHARE) {
        int64_t hundredths = (number + (number < 0 ? -50 : 50)) / 100;
        return text_format(writer->arena, "%.*s%%", TEXT_ARGUMENTS(grouped(writer->arena, hundredths, 100)));
    }
    return kind == TABLE_YUAN ? grouped(writer->arena, number, 100)
                              : text_format(writer->arena, "%lld", (long long)number);
}

/* Ids and versions are for programs. */
static bool is_shown(text name)
{
    return !text_ends_with(name, TEXT("_id")) && !text_equal(name, TEXT("version"));
}

/* ---- Measuring and drawing text ---- */

static void set_words(struct page_writer *writer, text words, int size, bool bold, double width)
{
    PangoFontDescription *font = pango_font_description_from_string(FONT);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(writer->layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(writer->layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(writer->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(writer->layout, words.at == NULL ? "" : words.at, (int)words.length);
}

static double words_height(struct page_writer *writer)
{
    int width, height;
    pango_layout_get_size(writer->layout, &width, &height);
    return (double)height / PANGO_SCALE;
}

static double words_width(struct page_writer *writer)
{
    int width, height;
    pango_layout_get_size(writer->layout, &width, &height);
    return (double)width / PANGO_SCALE;
}

static void draw_words(struct page_writer *writer, double x, double y, PangoAlignment alignment)
{
    if (!writer->draws)
        return;
    pango_layout_set_alignment(writer->layout, alignment);
    cairo_move_to(writer->cairo, x, y);
    pango_cairo_show_layout(writer->cairo, writer->layout);
}

/* ---- Columns ---- */

static double natural_width(struct page_writer *writer, size_t column)
{
    set_words(writer, writer->table->columns[column].head, CELL_SIZE, true, -1);
    double widest = words_width(writer);
    for (size_t row = 0; row < writer->table->rows_count && row < ROWS_MEASURED; row++) {
        set_words(writer, cell_words(writer, row, column), CELL_SIZE, false, -1);
        double width = words_width(writer);
        widest = width > widest ? width : widest;
    }
    return widest + 2 * PADDING;
}

/* What does not fit is taken from the widest first, so that numbers stay whole as long as they can. */
static void place_columns(struct page_writer *writer)
{
    double room = writer->width - 2 * MARGIN, sum = 0;
    for (size_t i = 0; i < writer->columns_count; i++)
        sum += writer->widths[i] = natural_width(writer, writer->columns[i]);
    double ceiling = room;
    while (sum > room && ceiling > 24) {
        ceiling *= 0.95;
        sum = 0;
        for (size_t i = 0; i < writer->columns_count; i++)
            sum += writer->widths[i] = writer->widths[i] > ceiling ? ceiling : writer->widths[i];
    }
    for (size_t i = 0; i < writer->columns_count; i++)
        writer->widths[i] *= room / sum;
}

static void choose_columns(struct page_writer *writer)
{
    for (size_t i = 0; i < writer->table->columns_count; i++)
        if (is_shown(writer->table->columns[i].name))
            writer->columns[writer->columns_count++] = i;
    bool upright = writer->columns_count <= COLUMNS_UPRIGHT_MAX;
    writer->width = upright ? A4_SHORT : A4_LONG;
    writer->height = upright ? A4_LONG : A4_SHORT;
}

/* ---- Rows and pages ---- */

static text words_of(struct page_writer *writer, ptrdiff_t row, size_t column)
{
    return row < 0 ? writer->table->columns[column].head : cell_words(writer, (size_t)row, column);
}

static double row_height(struct page_writer *writer, ptrdiff_t row)
{
    double tallest = 0;
    for (size_t i = 0; i < writer->columns_count; i++) {
        set_words(writer, words_of(writer, row, writer->columns[i]), CELL_SIZE, row < 0,
                  writer->widths[i] - 2 * PADDING);
        double height = words_height(writer);
        tallest = height > tallest ? height : tallest;
    }
    return tallest + 2 * PADDING;
}

static void draw_row(struct page_writer *writer, ptrdiff_t row, double height)
{
    double x = MARGIN;
    if (row < 0 && writer->draws) {
        cairo_set_source_rgb(writer->cairo, 0.91, 0.93, 0.89);
        cairo_rectangle(writer->cairo, MARGIN, writer->at, writer->width - 2 * MARGIN, height);
        cairo_fill(writer->cairo);
        cairo_set_source_rgb(writer->cairo, 0, 0, 0);
    }
    for (size_t i = 0; i < writer->columns_count && writer->draws; i++) {
        size_t column = writer->columns[i];
        bool is_number = writer->table->columns[column].kind != TABLE_WORDS;
        set_words(writer, words_of(writer, row, column), CELL_SIZE, row < 0, writer->widths[i] - 2 * PADDING);
        draw_words(writer, x + PADDING, writer->at + PADDING, is_number ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
        x += writer->widths[i];
    }
    writer->at += height;
    if (writer->draws) {
        cairo_set_source_rgb(writer->cairo, 0.7, 0.7, 0.7);
        cairo_set_line_width(writer->cairo, 0.4);
        cairo_move_to(writer->cairo, MARGIN, writer->at);
        cairo_line_to(writer->cairo, writer->width - MARGIN, writer->at);
        cairo_stroke(writer->cairo);
        cairo_set_source_rgb(writer->cairo, 0, 0, 0);
    }
}

static void end_page(struct page_writer *writer)
{
    if (writer->draws) {
        bool zh = writer->table->language == LANGUAGE_ZH;
        text words =
            text_format(writer->arena, zh ? "第 %zu 页，共 %zu 页" : "Page %zu of %zu", writer->page, writer->pages);
        set_words(writer, words, FACT_SIZE, false, writer->width - 2 * MARGIN);
        draw_words(writer, MARGIN, writer->height - MARGIN, PANGO_ALIGN_CENTER);
        cairo_show_page(writer->cairo);
    }
}

static void begin_page(struct page_writer *writer, double head_height)
{
    if (writer->page > 0) {
        end_page(writer);
        writer->at = MARGIN;
    }
    writer->page++;
    draw_row(writer, -1, head_height);
}

static void write_facts(struct page_writer *writer)
{
    const struct table *table = writer->table;
    const char *between = table->language == LANGUAGE_ZH ? "：" : ": ";
    writer->at = MARGIN;
    set_words(writer, table->title, TITLE_SIZE, true, writer->width - 2 * MARGIN);
    draw_words(writer, MARGIN, writer->at, PANGO_ALIGN_CENTER);
    writer->at += words_height(writer) + 2 * PADDING;
    for (size_t i = 0; i < table->facts_count; i++) {
        text line = text_format(writer->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(table->facts[i].name), between,
                                TEXT_ARGUMENTS(table->facts[i].value));
        set_words(writer, line, FACT_SIZE, false, writer->width - 2 * MARGIN);
        draw_words(writer, MARGIN, writer->at, PANGO_ALIGN_LEFT);
        writer->at += words_height(writer) + 1;
    }
    writer->at += 2 * PADDING;
}

static void write_all(struct page_writer *writer, const double *heights, double head_height)
{
    writer->page = 0;
    write_facts(writer);
    begin_page(writer, head_height);
    for (size_t row = 0; row < writer->table->rows_count; row++) {
        if (writer->at + heights[row] > writer->height - MARGIN - FOOT)
            begin_page(writer, head_height);
        draw_row(writer, (ptrdiff_t)row, heights[row]);
    }
    end_page(writer);
    writer->pages = writer->page;
}

static cairo_status_t put(void *descriptor, const unsigned char *bytes, unsigned int length)
{
    for (ssize_t written; length > 0; bytes += written, length -= (unsigned)written)
        if ((written = write(*(const int *)descriptor, bytes, length)) <= 0)
            return CAIRO_STATUS_WRITE_ERROR;
    return CAIRO_STATUS_SUCCESS;
}

bool render_pdf(struct arena *arena, const struct table *table, int descriptor)
{
    struct page_writer *writer = arena_alloc(arena, sizeof *writer);
    writer->arena = arena;
    writer->table = table;
    choose_columns(writer);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(put, &descriptor, writer->width, writer->height);
    writer->cairo = cairo_create(surface);
    writer->layout = pango_cairo_create_layout(writer->cairo);
    place_columns(writer);
    double *heights = arena_alloc_items(arena, table->rows_count + 1, sizeof *heights);
    double head_height = row_height(writer, -1);
    for (size_t row = 0; row < table->rows_count; row++)
        heights[row] = row_height(writer, (ptrdiff_t)row);
    write_all(writer, heights, head_height);
    writer->draws = true;
    write_all(writer, heights, head_height);
    g_object_unref(writer->layout);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_status(writer->cairo);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_destroy(writer->cairo);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        log_error("pdf_failed", LOG_TEXT("why", text_from(cairo_status_to_string(status))));
    return status == CAIRO_STATUS_SUCCESS;
}
