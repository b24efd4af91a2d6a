/* Inside http: the web pages built into the program. */
#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

#include "http/worker.h"

struct assets *assets_new(struct arena *arena, bool strict_transport);
/* Packed, or TEXT_NONE where it does not pay. */
text gzip_of(struct arena *arena, text plain);
void assets_serve(struct visit *visit, text path);
/* The shell of this name with `head`, `page` and `data` in their places; TEXT_NONE head: the shell's own title. */
text assets_page(const struct assets *assets, struct arena *arena, const char *shell, enum language language, text head,
                 text page, text data);
/* What every page says of itself: the strict policy. */
void assets_page_headers(struct visit *visit);
/* The buyer's shell with this problem's status for a browser, the problem itself for a program. */
void assets_refuse(struct visit *visit, enum problem problem, const struct problems *problems);

#endif
