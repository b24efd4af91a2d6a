/* Inside http: the HTML every page of a workplace starts from, cut where the server fills it. */
#ifndef HTTP_SHELL_H
#define HTTP_SHELL_H

#include "http/answer.h"

enum shell_place { SHELL_HEAD, SHELL_PAGE, SHELL_DATA, SHELL_PLACES_COUNT };

struct shell {
    struct shell *next;
    text name;                                           /* "buyer" */
    text parts[LANGUAGES_COUNT][SHELL_PLACES_COUNT + 1]; /* what stands before each place, and behind the last */
    struct answer plain[LANGUAGES_COUNT];                /* nothing filled in but the title */
    text gzip[LANGUAGES_COUNT];
};

struct shell *shell_new(struct arena *arena, text name, text html);
text shell_fill(const struct shell *shell, struct arena *arena, enum language language,
                const text places[SHELL_PLACES_COUNT]);
/* The shell a browser opens this path with: "shop" for /shop/orders/1; NULL: no page stands there. */
const char *shell_of_path(text path);

#endif
