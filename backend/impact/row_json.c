/* A row as a JSON object, as answers of the API show it: for reports made outside of a request. */
#include "impact.h"

/* "2026-11-23 03:15:36.5+00" → "2026-11-23T03:15:36.5Z": sessions run in UTC. */
static text instant_of(struct arena *arena, text at)
{
    return text_format(arena, "%.*sT%.*sZ", TEXT_ARGUMENTS(text_part(at, 0, 10)),
                       TEXT_ARGUMENTS(text_part(at, 11, at.length > 14 ? at.length - 14 : 0)));
}

static void write_value(struct bytes *json, enum column_kind kind, text value)
{
    if (value.at == NULL)
        bytes_add(json, TEXT("null"));
    else if (kind == COLUMN_INT || kind == COLUMN_JSON)
        bytes_add(json, value);
    else if (kind == COLUMN_BOOL)
        bytes_add(json, value.at[0] == 't' ? TEXT("true") : TEXT("false"));
    else
        bytes_add_json_string(json, kind == COLUMN_INSTANT ? instant_of(json->arena, value) : value);
}

bool impact_is_shown(const struct rows *rows, size_t column)
{
    return !text_equal(text_from(rows_name(rows, column)), TEXT("cursor"));
}

void impact_row_json(struct bytes *json, const struct rows *rows, size_t row)
{
    bytes_add_char(json, '{');
    for (size_t column = 0, written = 0; column < rows_columns(rows); column++) {
        if (!impact_is_shown(rows, column))
            continue;
        if (written++ > 0)
            bytes_add_char(json, ',');
        bytes_add_json_string(json, text_from(rows_name(rows, column)));
        bytes_add_char(json, ':');
        write_value(json, rows_kind(rows, column), rows_value(rows, row, column));
    }
    bytes_add_char(json, '}');
}
