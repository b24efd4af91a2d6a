/* Tables from one process to another: each text as its length, a colon and its bytes; "-:" is nothing known. */
#include "base.h"
#include "base/table.h"

text table_cell(const struct table *table, size_t row, size_t column)
{
    return table->cells[row * table->columns_count + column];
}

static void put_text(struct bytes *into, text value)
{
    if (value.at == NULL) {
        bytes_add(into, TEXT("-:"));
        return;
    }
    bytes_add_int64(into, (int64_t)value.length);
    bytes_add_char(into, ':');
    bytes_add(into, value);
}

static void put_count(struct bytes *into, size_t count)
{
    bytes_add_int64(into, (int64_t)count);
    bytes_add_char(into, ':');
}

void table_encode(const struct table *table, struct bytes *into)
{
    put_text(into, table->title);
    put_count(into, table->language);
    put_count(into, table->facts_count);
    for (size_t i = 0; i < table->facts_count; i++) {
        put_text(into, table->facts[i].name);
        put_text(into, table->facts[i].value);
    }
    put_count(into, table->columns_count);
    for (size_t i = 0; i < table->columns_count; i++) {
        put_text(into, table->columns[i].name);
        put_text(into, table->columns[i].head);
        put_count(into, table->columns[i].kind);
    }
    put_count(into, table->rows_count);
    for (size_t i = 0; i < table->rows_count * table->columns_count; i++)
        put_text(into, table->cells[i]);
}

struct taking {
    text rest;
    bool is_sound;
};

static size_t take_count(struct taking *taking, int64_t max)
{
    int64_t count = 0;
    text digits = text_cut(&taking->rest, ':');
    if (taking->rest.at == NULL || !text_to_int64(digits, 0, max, &count))
        taking->is_sound = false;
    return (size_t)count;
}

static text take_text(struct taking *taking)
{
    if (text_starts_with(taking->rest, TEXT("-:"))) {
        taking->rest = text_part(taking->rest, 2, taking->rest.length);
        return TEXT_NONE;
    }
    size_t length = take_count(taking, INT32_MAX);
    if (!taking->is_sound || length > taking->rest.length) {
        taking->is_sound = false;
        return TEXT_NONE;
    }
    text value = {taking->rest.at, length};
    taking->rest = (text){taking->rest.at + length, taking->rest.length - length};
    return value;
}

bool table_decode(struct arena *arena, text encoded, struct table *table)
{
    struct taking taking = {encoded, true};
    *table = (struct table){.title = take_text(&taking)};
    table->language = (enum language)take_count(&taking, LANGUAGES_COUNT - 1);
    table->facts_count = take_count(&taking, TABLE_FACTS_MAX);
    for (size_t i = 0; i < table->facts_count; i++) {
        text name = take_text(&taking);
        table->facts[i] = (struct table_fact){name, take_text(&taking)};
    }
    table->columns_count = take_count(&taking, TABLE_COLUMNS_MAX);
    for (size_t i = 0; i < table->columns_count; i++) {
        table->columns[i].name = take_text(&taking);
        table->columns[i].head = take_text(&taking);
        table->columns[i].kind = (enum table_kind)take_count(&taking, TABLE_KINDS_COUNT - 1);
    }
    table->rows_count = take_count(&taking, INT32_MAX);
    size_t cells_count = table->rows_count * table->columns_count;
    if (!taking.is_sound || cells_count > encoded.length) /* a cell takes two bytes at least */
        return false;
    table->cells = arena_alloc_items(arena, cells_count + 1, sizeof *table->cells);
    for (size_t i = 0; i < cells_count; i++)
        table->cells[i] = take_text(&taking);
    return taking.is_sound && taking.rest.length == 0;
}
