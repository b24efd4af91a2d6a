/* Looks into JSON this program has written itself, such as an answer of the API: nothing is refused, what is not there is absent. */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include "base/text.h"

struct json_node;
/* NULL when it is no JSON; lives as long as the arena. All below take NULL for what is not there. */
const struct json_node *json_read(struct arena *arena, text source);
const struct json_node *json_member(const struct json_node *object, const char *name);
size_t json_items_count(const struct json_node *list);
const struct json_node *json_item(const struct json_node *list, size_t index);
/* TEXT_NONE: absent, null or no string. */
text json_text(const struct json_node *object, const char *name);
bool json_is_set(const struct json_node *object, const char *name); /* true, and nothing else */
/* False: absent or no integer. */
bool json_int64(const struct json_node *object, const char *name, int64_t *value);

#endif
