/* A look over JSON text without recursing and without building anything: its depth, and where a byte stands in it. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/text.h"

/* Stops counting at JSON_DEPTH_MAX + 1. *stopped is where the deepest bracket opened. */
int json_depth(text source, size_t *stopped);
/* The JSON pointer of what is being read when `position` bytes are past; only as good as the text is JSON up to there. */
text json_pointer_at(struct arena *arena, text source, size_t position);
/* "/name" with ~ and / escaped as RFC 6901 wants. */
void json_pointer_add(struct bytes *pointer, text name);

#endif
