/* Places of things by their name: an open table, never more than half full. For the rows of one file. */
#include "catalog/product_import.h"

struct text_index {
    size_t room, count;
    struct {
        text name;
        size_t at;
    } places[];
};

struct text_index *text_index_new(struct arena *arena, size_t names_max)
{
    size_t room = 16;
    while (room < 2 * names_max)
        room *= 2;
    struct text_index *index = arena_alloc(arena, sizeof *index + room * sizeof index->places[0]);
    index->room = room;
    return index;
}

static size_t place_of(const struct text_index *index, text name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * UINT64_C(0x100000001B3);
    size_t place = (size_t)hash & (index->room - 1);
    while (index->places[place].name.at != NULL && !text_equal(index->places[place].name, name))
        place = (place + 1) & (index->room - 1);
    return place;
}

size_t text_index_find(const struct text_index *index, text name)
{
    size_t place = place_of(index, name);
    return index->places[place].name.at == NULL ? TEXT_INDEX_NONE : index->places[place].at;
}

void text_index_add(struct text_index *index, text name, size_t at)
{
    size_t place = place_of(index, name);
    must(name.at != NULL);
    if (index->places[place].name.at == NULL)
        must(2 * ++index->count <= index->room);
    index->places[place].name = name;
    index->places[place].at = at;
}
