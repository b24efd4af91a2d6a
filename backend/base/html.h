/* A writer of HTML that cannot forget to escape: markup is a literal, and every value goes into one of its {} places. */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/text.h"

/* HTML(&page, "<a href=\"/shops/{}\">{}</a>", shop_id, name): as many texts as places. */
#define HTML(into, markup, ...)                                                                                        \
    html_write(into, "" markup, (const text[]){__VA_ARGS__}, sizeof((const text[]){__VA_ARGS__}) / sizeof(text))
#define HTML_PLAIN(into, markup) bytes_add(into, TEXT(markup))

void html_write(struct bytes *into, const char *markup, const text *values, size_t values_count);
/* JSON as a script element may hold it: no byte of it can end the element or a line. */
void html_write_json(struct bytes *into, text json);

#endif
