/* Inside http: the web pages built into the program. */
#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

#include "http/worker.h"

struct assets *assets_new(struct arena *arena, bool strict_transport);
/* Packed, or TEXT_NONE where it does not pay. */
text gzip_of(struct arena *arena, text plain);
void assets_serve(struct visit *visit, text path);

#endif
