/* A reader of our own JSON over jansson: for those who write pages from answers. */
#include <jansson.h>

#include "base/json_read.h"

/* Never defined: a json_t by another name, so that nobody else needs jansson. */
static const json_t *json_of(const struct json_node *node)
{
    return (const json_t *)node;
}

static void json_dispose(void *json)
{
    json_decref(json);
}

const struct json_node *json_read(struct arena *arena, text source)
{
    json_t *root = source.length == 0 ? NULL : json_loadb(source.at, source.length, JSON_DECODE_ANY, NULL);
    if (root != NULL)
        arena_defer(arena, json_dispose, root);
    return (const struct json_node *)root;
}

const struct json_node *json_member(const struct json_node *object, const char *name)
{
    return (const struct json_node *)json_object_get(json_of(object), name);
}

size_t json_items_count(const struct json_node *list)
{
    return json_array_size(json_of(list));
}

const struct json_node *json_item(const struct json_node *list, size_t index)
{
    return (const struct json_node *)json_array_get(json_of(list), index);
}

text json_text(const struct json_node *object, const char *name)
{
    const json_t *value = json_object_get(json_of(object), name);
    return json_is_string(value) ? (text){json_string_value(value), json_string_length(value)} : TEXT_NONE;
}

bool json_is_set(const struct json_node *object, const char *name)
{
    return json_is_true(json_object_get(json_of(object), name));
}

bool json_int64(const struct json_node *object, const char *name, int64_t *value)
{
    const json_t *found = json_object_get(json_of(object), name);
    if (!json_is_integer(found))
        return false;
    *value = json_integer_value(found);
    return true;
}
