/* The one encoder: structs as JSON through the same field tables that read them. */
#include "base.h"

struct writing {
    struct bytes *into;
    bool public_ids;
};

static void write_fields(const struct writing *writing, const struct field *fields, const void *from);

static void write_name(const struct writing *writing, text name)
{
    bytes_add_json_string(writing->into, name);
    bytes_add_char(writing->into, ':');
}

static void write_string(const struct writing *writing, text words)
{
    if (words.at == NULL)
        bytes_add(writing->into, TEXT("null"));
    else
        bytes_add_json_string(writing->into, words);
}

static void write_county_id(const struct writing *writing, const struct field *field, const county_id *id)
{
    struct arena *arena = writing->into->arena;
    if (writing->public_ids) {
        write_string(writing, county_id_format(arena, *id));
        return;
    }
    write_string(writing, uuid_format(arena, id->id));
    bytes_add_char(writing->into, ',');
    write_name(writing, county_id_half(arena, text_from(field->name)));
    write_string(writing, text_from(id->county));
}

static void write_list(const struct writing *writing, const struct field *field, const char *from)
{
    const char *items = *(const char *const *)(from + field->offset);
    size_t count = *(const size_t *)(from + field->count_offset);
    bytes_add_char(writing->into, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            bytes_add_char(writing->into, ',');
        write_fields(writing, field->fields, items + i * field->item_size);
    }
    bytes_add_char(writing->into, ']');
}

/* Left out by whoever filled the struct: only kinds whose zero can't be a value. */
static bool is_absent(const struct field *field, const void *member)
{
    if (!field->optional)
        return false;
    switch (field->kind) {
    case FIELD_UUID:
        return uuid_is_zero(*(const uuid *)member);
    case FIELD_COUNTY_ID:
        return ((const county_id *)member)->county[0] == 0;
    case FIELD_DATE:
        return *(const calendar_day *)member == 0;
    case FIELD_INSTANT:
        return *(const instant *)member == 0;
    case FIELD_COUNT:
    case FIELD_FEN:
    case FIELD_QTY:
    case FIELD_BOOL:
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_CHOICE:
    case FIELD_JSON:
    case FIELD_OBJECT:
    case FIELD_LIST:
    case FIELD_UUIDS:
    case FIELD_KINDS_COUNT:
        return false;
    }
    return false;
}

/* {…,…} → ["…","…"] */
static void write_uuids(const struct writing *writing, text array)
{
    text list = text_part(array, 1, array.length < 2 ? 0 : array.length - 2);
    bytes_add_char(writing->into, '[');
    while (list.length > 0) {
        write_string(writing, text_cut(&list, ','));
        if (list.length > 0)
            bytes_add_char(writing->into, ',');
    }
    bytes_add_char(writing->into, ']');
}

static void write_value(const struct writing *writing, const struct field *field, const char *from)
{
    const void *member = from + field->offset;
    struct bytes *into = writing->into;
    switch (field->kind) {
    case FIELD_COUNT:
    case FIELD_FEN:
    case FIELD_QTY:
        bytes_add_int64(into, *(const int64_t *)member);
        break;
    case FIELD_BOOL:
        bytes_add(into, *(const bool *)member ? TEXT("true") : TEXT("false"));
        break;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_CHOICE:
        write_string(writing, *(const text *)member);
        break;
    case FIELD_UUID:
        write_string(writing, uuid_format(into->arena, *(const uuid *)member));
        break;
    case FIELD_COUNTY_ID:
        write_county_id(writing, field, member);
        break;
    case FIELD_DATE:
        write_string(writing, day_format(into->arena, *(const calendar_day *)member));
        break;
    case FIELD_INSTANT:
        write_string(writing, instant_format(into->arena, *(const instant *)member));
        break;
    case FIELD_JSON:
        bytes_add(into, ((const text *)member)->length == 0 ? TEXT("null") : *(const text *)member);
        break;
    case FIELD_OBJECT:
        write_fields(writing, field->fields, member);
        break;
    case FIELD_LIST:
        write_list(writing, field, from);
        break;
    case FIELD_UUIDS:
        write_uuids(writing, *(const text *)member);
        break;
    case FIELD_KINDS_COUNT:
        must(field->kind != FIELD_KINDS_COUNT);
        break;
    }
}

static void write_fields(const struct writing *writing, const struct field *fields, const void *from)
{
    bytes_add_char(writing->into, '{');
    for (const struct field *field = fields; field->name != NULL; field++) {
        if (field > fields)
            bytes_add_char(writing->into, ',');
        write_name(writing, text_from(field->name));
        if (is_absent(field, (const char *)from + field->offset))
            bytes_add(writing->into, TEXT("null"));
        else
            write_value(writing, field, from);
    }
    bytes_add_char(writing->into, '}');
}

void encode_json(const struct field *fields, const void *from, bool public_ids, struct bytes *into)
{
    write_fields(&(struct writing){into, public_ids}, fields, from);
}

static text words_or_none(text words)
{
    return words.length == 0 || text_equal(words, TEXT("null")) ? TEXT_NONE : words;
}

text encode_words(const struct field *field, const void *from, struct arena *arena)
{
    const void *member = (const char *)from + field->offset;
    switch (field->kind) {
    case FIELD_COUNT:
    case FIELD_FEN:
    case FIELD_QTY:
        return text_format(arena, "%lld", (long long)*(const int64_t *)member);
    case FIELD_BOOL:
        return *(const bool *)member ? TEXT("true") : TEXT("false");
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_CHOICE:
    case FIELD_JSON:
        return words_or_none(*(const text *)member);
    case FIELD_UUID:
        return uuid_format(arena, *(const uuid *)member);
    case FIELD_COUNTY_ID:
        return county_id_format(arena, *(const county_id *)member);
    case FIELD_DATE:
        return day_format(arena, *(const calendar_day *)member);
    case FIELD_INSTANT:
        return instant_format(arena, *(const instant *)member);
    case FIELD_OBJECT:
    case FIELD_LIST:
    case FIELD_UUIDS:
    case FIELD_KINDS_COUNT:
        break;
    }
    return TEXT_NONE;
}
