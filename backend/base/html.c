/* Escaping for HTML text, for attributes in double quotes, and for JSON inside a script element. */
#include "base.h"
#include "base/html.h"

static void write_escaped(struct bytes *into, text value)
{
    static const char *const escapes[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    size_t from = 0;
    for (size_t i = 0; i < value.length; i++) {
        const char *escape = escapes[(unsigned char)value.at[i]];
        if (escape == NULL)
            continue;
        bytes_add(into, text_part(value, from, i - from));
        bytes_add(into, text_from(escape));
        from = i + 1;
    }
    bytes_add(into, text_part(value, from, value.length - from));
}

void html_write(struct bytes *into, const char *markup, const text *values, size_t values_count)
{
    size_t next = 0;
    text rest = text_from(markup);
    for (const char *place; (place = strstr(rest.at, "{}")) != NULL; next++) {
        size_t before = (size_t)(place - rest.at);
        must(next < values_count);
        bytes_add(into, text_part(rest, 0, before));
        write_escaped(into, values[next]);
        rest = text_part(rest, before + 2, rest.length);
    }
    must(next == values_count);
    bytes_add(into, rest);
}

void html_write_json(struct bytes *into, text json)
{
    static const struct {
        text bytes;
        const char *escape;
    } escapes[] = {{{"<", 1}, "\\u003c"}, {{"\xE2\x80\xA8", 3}, "\\u2028"}, {{"\xE2\x80\xA9", 3}, "\\u2029"}};
    size_t from = 0;
    for (size_t i = 0; i < json.length; i++)
        for (size_t k = 0; k < sizeof escapes / sizeof escapes[0]; k++) {
            if (json.at[i] != escapes[k].bytes.at[0] || !text_starts_with(text_part(json, i, 3), escapes[k].bytes))
                continue;
            bytes_add(into, text_part(json, from, i - from));
            bytes_add(into, text_from(escapes[k].escape));
            from = i + escapes[k].bytes.length;
        }
    bytes_add(into, text_part(json, from, json.length - from));
}
