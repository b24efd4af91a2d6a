/* The one decoder: JSON, query strings and path parts through field tables into structs and SQL parameters.
   The only file that includes jansson. It trusts nothing and guesses nothing. */
#include <jansson.h>
#include "base.h"
#include "base/json_scan.h"

#define AMOUNT_MAX INT64_C(1000000000000000)

/* Where we are, for the pointer of a problem: only formatted when there is one. */
struct place {
    const struct place *outer;
    text name; /* absent: `index` counts */
    size_t index;
};

struct walk {
    struct arena *arena;
    struct problems *problems;
    struct bytes *json; /* NULL: not wanted */
    bool failed;
};

struct entry {
    text name, value;
    struct entry *next;
};
struct decoded {
    struct arena *arena;
    struct entry *entries;
    struct bytes members; /* the object without its braces */
};

static void json_dispose(void *value)
{
    json_decref(value);
}

static void place_write(const struct place *place, struct bytes *pointer)
{
    if (place->outer == NULL)
        return;
    place_write(place->outer, pointer);
    if (place->name.at == NULL)
        bytes_add_format(pointer, "/%zu", place->index);
    else
        json_pointer_add(pointer, place->name);
}

static bool refuse(struct walk *walk, const struct place *place, const char *code, text message)
{
    struct bytes pointer;
    bytes_init(&pointer, walk->arena, 2 * UPLOAD_BYTES_MAX);
    place_write(place, &pointer);
    problems_add(walk->problems, bytes_text(&pointer), code, message);
    walk->failed = true;
    return false;
}

/* ---- Bounds ---- */

struct bounds field_bounds(const struct field *field)
{
    static const struct bounds defaults[FIELD_KINDS_COUNT] = {
        [FIELD_COUNT] = {0, INT32_MAX},          [FIELD_FEN] = {0, AMOUNT_MAX}, [FIELD_QTY] = {0, AMOUNT_MAX},
        [FIELD_TEXT] = {1, TEXT_CHARACTERS_MAX}, [FIELD_CODE] = {2, 12},        [FIELD_LIST] = {0, LIST_ITEMS_MAX},
        [FIELD_UUIDS] = {0, LIST_ITEMS_MAX},
    };
    if (field->min == 0 && field->max == 0)
        return defaults[field->kind];
    return (struct bounds){field->min, field->max};
}

static bool within(struct walk *walk, const struct field *field, const struct place *place, int64_t amount,
                   const char *below, const char *above)
{
    struct bounds bounds = field_bounds(field);
    if (amount >= bounds.min && amount <= bounds.max)
        return true;
    return refuse(walk, place, amount < bounds.min ? below : above,
                  text_format(walk->arena, "%lld … %lld", (long long)bounds.min, (long long)bounds.max));
}

/* ---- Text ---- */

/* Characters that change how a line is read or shown without being seen: C0, C1, line separators, bidi controls. */
static bool is_control(uint32_t point)
{
    static const struct {
        uint32_t from, to;
    } controls[] = {{0, 0x1F},        {0x7F, 0x9F},     {0x061C, 0x061C}, {0x200E, 0x200F},
                    {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}};
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        if (point >= controls[i].from && point <= controls[i].to)
            return true;
    return false;
}

static bool has_control(text utf8)
{
    uint32_t point;
    for (size_t step; (step = text_first_character(utf8, &point)) > 0; utf8 = text_part(utf8, step, utf8.length))
        if (is_control(point))
            return true;
    return false;
}

/* Nothing but white space, the full-width space of Chinese input included. */
static bool is_blank(text utf8)
{
    for (utf8 = text_trim(utf8); text_starts_with(utf8, TEXT("\u3000"));
         utf8 = text_trim(text_part(utf8, 3, utf8.length)))
        ;
    return utf8.length == 0;
}

static bool is_digits(text words)
{
    for (size_t i = 0; i < words.length; i++)
        if (words.at[i] < '0' || words.at[i] > '9')
            return false;
    return true;
}

static bool is_choice(const struct field *field, text words)
{
    for (const char *const *choice = field->choices; *choice != NULL; choice++)
        if (text_equal(words, text_from(*choice)))
            return true;
    return false;
}

/* ---- One value of each kind: check it, put it into the struct, write it as JSON. ---- */

struct value {
    const struct field *field;
    json_t *json;
    json_t *siblings; /* the object it stands in */
    void *member;     /* NULL: no struct wanted */
    const struct place *place;
};

static bool wrong_type(struct walk *walk, const struct value *value)
{
    return refuse(walk, value->place, "wrong-type", TEXT_NONE);
}

static void write_text(struct walk *walk, text words)
{
    if (walk->json != NULL)
        bytes_add_json_string(walk->json, words);
}

static bool string_of(struct walk *walk, const struct value *value, text *words)
{
    if (!json_is_string(value->json))
        return wrong_type(walk, value);
    *words = (text){json_string_value(value->json), json_string_length(value->json)};
    return true;
}

static void put_text(const struct value *value, text words)
{
    if (value->member != NULL)
        *(text *)value->member = words;
}

static bool take_integer(struct walk *walk, const struct value *value)
{
    if (!json_is_integer(value->json))
        return json_is_real(value->json) ? refuse(walk, value->place, "not-whole", TEXT_NONE) : wrong_type(walk, value);
    int64_t number = json_integer_value(value->json);
    if (!within(walk, value->field, value->place, number, "below-min", "above-max"))
        return false;
    if (value->member != NULL)
        *(int64_t *)value->member = number;
    if (walk->json != NULL)
        bytes_add_int64(walk->json, number);
    return true;
}

static bool take_bool(struct walk *walk, const struct value *value)
{
    if (!json_is_boolean(value->json))
        return wrong_type(walk, value);
    bool yes = json_is_true(value->json);
    if (value->member != NULL)
        *(bool *)value->member = yes;
    if (walk->json != NULL)
        bytes_add(walk->json, yes ? TEXT("true") : TEXT("false"));
    return true;
}

static bool take_text(struct walk *walk, const struct value *value)
{
    text words;
    if (!string_of(walk, value, &words))
        return false;
    if (has_control(words))
        return refuse(walk, value->place, "control-character", TEXT_NONE);
    if (is_blank(words) && !value->field->optional)
        return refuse(walk, value->place, "too-short", TEXT_NONE);
    bool is_absent = words.length == 0; /* an emptied input of a form */
    if (!is_absent && !within(walk, value->field, value->place, text_characters(words), "too-short", "too-long"))
        return false;
    put_text(value, words);
    write_text(walk, words);
    return true;
}

static bool take_code(struct walk *walk, const struct value *value)
{
    text words;
    if (!string_of(walk, value, &words))
        return false;
    if (words.length == 0 || !is_digits(words))
        return refuse(walk, value->place, "not-digits", TEXT_NONE);
    if (!within(walk, value->field, value->place, (int64_t)words.length, "too-short", "too-long"))
        return false;
    put_text(value, words);
    write_text(walk, words);
    return true;
}

static bool take_choice(struct walk *walk, const struct value *value)
{
    text words;
    if (!string_of(walk, value, &words))
        return false;
    if (!is_choice(value->field, words))
        return refuse(walk, value->place, "not-a-choice", TEXT_NONE);
    put_text(value, words);
    write_text(walk, words);
    return true;
}

static bool take_uuid(struct walk *walk, const struct value *value)
{
    text words;
    uuid id;
    if (!string_of(walk, value, &words))
        return false;
    if (!uuid_parse(words, &id))
        return refuse(walk, value->place, "not-an-id", TEXT_NONE);
    if (value->member != NULL)
        *(uuid *)value->member = id;
    if (walk->json != NULL)
        write_text(walk, uuid_format(walk->arena, id));
    return true;
}

/* ["…","…"] → {…,…} */
static text uuids_array(struct arena *arena, text json)
{
    struct bytes array;
    bytes_init(&array, arena, json.length + 1);
    for (size_t i = 0; i < json.length; i++)
        if (json.at[i] != '"')
            bytes_add_char(&array, json.at[i] == '[' ? '{' : json.at[i] == ']' ? '}' : json.at[i]);
    return bytes_text(&array);
}

/* Adds the id at `index` to the list; nothing stands in it twice. */
static bool take_uuids_item(struct walk *walk, const struct value *value, size_t index, struct bytes *list)
{
    struct place place = {.outer = value->place, .index = index};
    json_t *json = json_array_get(value->json, index);
    uuid id;
    if (!json_is_string(json))
        return refuse(walk, &place, "wrong-type", TEXT_NONE);
    if (!uuid_parse((text){json_string_value(json), json_string_length(json)}, &id))
        return refuse(walk, &place, "not-an-id", TEXT_NONE);
    text words = uuid_format(walk->arena, id);
    if (memmem(list->at, list->length, words.at, words.length) != NULL)
        return refuse(walk, &place, "repeated", TEXT_NONE);
    bytes_add_format(list, "%s\"%.*s\"", index > 0 ? "," : "", TEXT_ARGUMENTS(words));
    return true;
}

static bool take_uuids(struct walk *walk, const struct value *value)
{
    enum { ITEM_BYTES = 40 };
    if (!json_is_array(value->json))
        return wrong_type(walk, value);
    size_t count = json_array_size(value->json);
    if (!within(walk, value->field, value->place, (int64_t)count, "too-few", "too-many-items"))
        return false;
    struct bytes list;
    bytes_init(&list, walk->arena, count * ITEM_BYTES + 2);
    bytes_add_char(&list, '[');
    for (size_t i = 0; i < count; i++)
        if (!take_uuids_item(walk, value, i, &list))
            return false;
    bytes_add_char(&list, ']');
    put_text(value, uuids_array(walk->arena, bytes_text(&list)));
    if (walk->json != NULL)
        bytes_add(walk->json, bytes_text(&list));
    return true;
}

static bool take_date(struct walk *walk, const struct value *value)
{
    text words;
    calendar_day day;
    if (!string_of(walk, value, &words))
        return false;
    if (!day_parse(words, &day))
        return refuse(walk, value->place, "not-a-date", TEXT_NONE);
    if (value->member != NULL)
        *(calendar_day *)value->member = day;
    write_text(walk, words);
    return true;
}

static bool take_instant(struct walk *walk, const struct value *value)
{
    text words;
    instant at;
    if (!string_of(walk, value, &words))
        return false;
    if (!instant_parse(words, &at))
        return refuse(walk, value->place, "not-an-instant", TEXT_NONE);
    if (value->member != NULL)
        *(instant *)value->member = at;
    write_text(walk, words);
    return true;
}

/* SQL has the two halves as columns of their own: {"lot_id": uuid, "lot_county": "621202"}. */
static bool join_halves(struct walk *walk, const struct value *value, text plain_id, county_id *id)
{
    text name = county_id_half(walk->arena, text_from(value->field->name));
    const char *county = json_string_value(json_object_get(value->siblings, name.at));
    return county != NULL && county_id_parse(text_format(walk->arena, "%s-%.*s", county, TEXT_ARGUMENTS(plain_id)), id);
}

static bool take_county_id(struct walk *walk, const struct value *value)
{
    text words;
    county_id id;
    if (!string_of(walk, value, &words))
        return false;
    if (!county_id_parse(words, &id) && !join_halves(walk, value, words, &id))
        return refuse(walk, value->place, "not-an-id", TEXT_NONE);
    if (value->member != NULL)
        *(county_id *)value->member = id;
    if (walk->json != NULL) {
        write_text(walk, uuid_format(walk->arena, id.id));
        bytes_add_char(walk->json, ',');
        write_text(walk, county_id_half(walk->arena, text_from(value->field->name)));
        bytes_add_char(walk->json, ':');
        write_text(walk, text_from(id.county));
    }
    return true;
}

static bool take_json(struct walk *walk, const struct value *value)
{
    size_t length = json_dumpb(value->json, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
    char *at = arena_alloc(walk->arena, length + 1);
    json_dumpb(value->json, at, length, JSON_COMPACT | JSON_ENCODE_ANY);
    put_text(value, (text){at, length});
    if (walk->json != NULL)
        bytes_add(walk->json, (text){at, length});
    return true;
}

static void take_members(struct walk *walk, const struct field *fields, json_t *object, void *into,
                         const struct place *place, struct decoded *decoded);

static bool take_object(struct walk *walk, const struct value *value)
{
    if (!json_is_object(value->json))
        return wrong_type(walk, value);
    if (walk->json != NULL)
        bytes_add_char(walk->json, '{');
    take_members(walk, value->field->fields, value->json, value->member, value->place, NULL);
    if (walk->json != NULL)
        bytes_add_char(walk->json, '}');
    return true;
}

static void take_item(struct walk *walk, const struct value *list, json_t *item, size_t index, void *into)
{
    struct place place = {.outer = list->place, .index = index};
    struct value value = {.field = list->field, .json = item, .member = into, .place = &place};
    if (index > 0 && walk->json != NULL)
        bytes_add_char(walk->json, ',');
    take_object(walk, &value);
}

static bool take_list(struct walk *walk, const struct value *value)
{
    const struct field *field = value->field;
    if (!json_is_array(value->json))
        return wrong_type(walk, value);
    size_t count = json_array_size(value->json);
    if (!within(walk, field, value->place, (int64_t)count, "too-few", "too-many-items"))
        return false;
    char *items = NULL;
    if (value->member != NULL) {
        items = arena_alloc_items(walk->arena, count, field->item_size);
        *(void **)value->member = items;
        *(size_t *)((char *)value->member - field->offset + field->count_offset) = count;
    }
    if (walk->json != NULL)
        bytes_add_char(walk->json, '[');
    for (size_t i = 0; i < count; i++)
        take_item(walk, value, json_array_get(value->json, i), i, items == NULL ? NULL : items + i * field->item_size);
    if (walk->json != NULL)
        bytes_add_char(walk->json, ']');
    return true;
}

static bool (*const takers[FIELD_KINDS_COUNT])(struct walk *, const struct value *) = {
    [FIELD_COUNT] = take_integer, [FIELD_FEN] = take_integer,     [FIELD_QTY] = take_integer,
    [FIELD_BOOL] = take_bool,     [FIELD_TEXT] = take_text,       [FIELD_CODE] = take_code,
    [FIELD_CHOICE] = take_choice, [FIELD_UUID] = take_uuid,       [FIELD_COUNTY_ID] = take_county_id,
    [FIELD_DATE] = take_date,     [FIELD_INSTANT] = take_instant, [FIELD_JSON] = take_json,
    [FIELD_OBJECT] = take_object, [FIELD_LIST] = take_list,       [FIELD_UUIDS] = take_uuids,
};
_Static_assert(sizeof takers / sizeof takers[0] == FIELD_KINDS_COUNT, "each kind has its taker");

/* ---- What was decoded, by name ---- */

static struct decoded *decoded_new(struct arena *arena, size_t source_bytes)
{
    struct decoded *decoded = arena_alloc(arena, sizeof *decoded);
    decoded->arena = arena;
    /* Escapes make six bytes of one at most; a county id written as two grows by less than itself. */
    bytes_init(&decoded->members, arena, source_bytes * 8 + 64 * 1024);
    return decoded;
}

static void decoded_add(struct decoded *decoded, text name, text value)
{
    struct entry *entry = arena_alloc(decoded->arena, sizeof *entry);
    *entry = (struct entry){name, value, decoded->entries};
    decoded->entries = entry;
}

/* The parameters a top-level value becomes. `written` is its JSON as just written. */
static void decoded_remember(struct decoded *decoded, const struct value *value, text written)
{
    text name = text_from(value->field->name);
    if (value->field->kind == FIELD_COUNTY_ID) {
        county_id id;
        uuid plain;
        text words = {json_string_value(value->json), json_string_length(value->json)};
        bool is_joined = county_id_parse(words, &id);
        text county = is_joined ? text_part(words, 0, 6)
                                : text_from(json_string_value(
                                      json_object_get(value->siblings, county_id_half(decoded->arena, name).at)));
        text tail = is_joined ? text_part(words, 7, 36) : words;
        must(uuid_parse(tail, &plain));
        decoded_add(decoded, name, uuid_format(decoded->arena, plain));
        decoded_add(decoded, county_id_half(decoded->arena, name), county);
    } else if (value->field->kind == FIELD_UUIDS) {
        decoded_add(decoded, name, uuids_array(decoded->arena, written));
    } else if (value->field->kind == FIELD_UUID) {
        decoded_add(decoded, name, text_part(written, 1, written.length - 2));
    } else if (json_is_string(value->json) && value->field->kind != FIELD_JSON) {
        decoded_add(decoded, name, (text){json_string_value(value->json), json_string_length(value->json)});
    } else {
        decoded_add(decoded, name, written);
    }
}

text decoded_parameter(const struct decoded *decoded, text name)
{
    if (decoded == NULL)
        return TEXT_NONE;
    for (const struct entry *entry = decoded->entries; entry != NULL; entry = entry->next)
        if (text_equal(entry->name, name))
            return entry->value;
    return TEXT_NONE;
}

text decoded_json(const struct decoded *decoded)
{
    if (decoded == NULL)
        return TEXT("{}");
    return text_format(decoded->arena, "{%.*s}", TEXT_ARGUMENTS(bytes_text(&decoded->members)));
}

/* ---- Objects ---- */

static void take_one(struct walk *walk, const struct value *value, struct decoded *decoded)
{
    size_t start = 0;
    if (walk->json != NULL) {
        if (walk->json->length > 0 && strchr("{[", walk->json->at[walk->json->length - 1]) == NULL)
            bytes_add_char(walk->json, ',');
        write_text(walk, text_from(value->field->name));
        bytes_add_char(walk->json, ':');
        start = walk->json->length;
    }
    if (takers[value->field->kind](walk, value) && decoded != NULL)
        decoded_remember(decoded, value, text_part(bytes_text(walk->json), start, walk->json->length));
}

static bool is_declared(struct arena *arena, const struct field *fields, text name)
{
    for (const struct field *field = fields; field->name != NULL; field++)
        if (text_equal(name, text_from(field->name)) ||
            (field->kind == FIELD_COUNTY_ID && text_equal(name, county_id_half(arena, text_from(field->name)))))
            return true;
    return false;
}

static void refuse_unknown(struct walk *walk, const struct field *fields, json_t *object, const struct place *place)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        struct place inner = {.outer = place, .name = text_from(name)};
        if (!is_declared(walk->arena, fields, inner.name))
            refuse(walk, &inner, "unknown-field", TEXT_NONE);
    }
}

/* `decoded` is given for the top level only: nested values are no parameters of their own. */
static void take_members(struct walk *walk, const struct field *fields, json_t *object, void *into,
                         const struct place *place, struct decoded *decoded)
{
    refuse_unknown(walk, fields, object, place);
    for (const struct field *field = fields; field->name != NULL; field++) {
        struct place inner = {.outer = place, .name = text_from(field->name)};
        struct value value = {field, json_object_get(object, field->name), object,
                              into == NULL ? NULL : (char *)into + field->offset, &inner};
        if (value.json != NULL && !json_is_null(value.json))
            take_one(walk, &value, decoded);
        else if (!field->optional)
            refuse(walk, &inner, "required", TEXT_NONE);
    }
}

/* ---- Entrances ---- */

static enum problem take_root(const struct field *fields, json_t *root, size_t source_bytes, struct arena *arena,
                              void *into, struct decoded **decoded, struct problems *problems)
{
    const struct place top = {0};
    struct decoded *fresh = decoded == NULL ? NULL : decoded_new(arena, source_bytes);
    struct walk walk = {.arena = arena, .problems = problems, .json = fresh == NULL ? NULL : &fresh->members};
    if (decoded != NULL)
        *decoded = fresh;
    if (json_is_object(root))
        take_members(&walk, fields, root, into, &top, fresh);
    else
        refuse(&walk, &top, "wrong-type", TEXT_NONE);
    return walk.failed ? PROBLEM_INVALID : PROBLEM_NONE;
}

/* What jansson refuses is mostly no JSON at all; some of it is JSON that we do not take. */
static enum problem parse_failed(text source, const json_error_t *error, struct arena *arena, struct problems *problems)
{
    size_t position = error->position < 0 ? 0 : (size_t)error->position;
    text pointer = json_pointer_at(arena, source, position);
    const char *code = NULL;
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        code = "duplicate-field";
        break;
    case json_error_numeric_overflow:
        code = "above-max";
        break;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        code = "control-character";
        break;
    default:
        problems_add(problems, TEXT(""), "not-json", text_format(arena, "byte %zu", position));
        return PROBLEM_MALFORMED;
    }
    problems_add(problems, pointer, code, TEXT_NONE);
    return PROBLEM_INVALID;
}

enum problem decode_json(const struct field *fields, text source, struct arena *arena, void *into,
                         struct decoded **decoded, struct problems *problems)
{
    size_t position;
    json_error_t error;
    if (decoded != NULL)
        *decoded = NULL;
    if (json_depth(source, &position) > JSON_DEPTH_MAX) {
        problems_add(problems, json_pointer_at(arena, source, position), "too-deep", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    json_t *root = json_loadb(source.length == 0 ? "" : source.at, source.length, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        return parse_failed(source, &error, arena, problems);
    arena_defer(arena, json_dispose, root);
    return take_root(fields, root, source.length, arena, into, decoded, problems);
}

/* Text that stands for a value of this kind, as a JSON value. */
static json_t *json_from_text(const struct field *field, text words)
{
    int64_t number;
    switch (field->kind) {
    case FIELD_COUNT:
    case FIELD_FEN:
    case FIELD_QTY:
        if (text_to_int64(words, INT64_MIN, INT64_MAX, &number))
            return json_integer(number);
        break;
    case FIELD_BOOL:
        if (text_equal(words, TEXT("true")) || text_equal(words, TEXT("false")))
            return json_boolean(words.length == 4);
        break;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_CHOICE:
    case FIELD_UUID:
    case FIELD_UUIDS:
    case FIELD_COUNTY_ID:
    case FIELD_DATE:
    case FIELD_INSTANT:
    case FIELD_JSON:
    case FIELD_OBJECT:
    case FIELD_LIST:
    case FIELD_KINDS_COUNT:
        break;
    }
    return json_stringn(words.at == NULL ? "" : words.at, words.length);
}

static const struct field *field_named(const struct field *fields, text name)
{
    for (const struct field *field = fields; field->name != NULL; field++)
        if (text_equal(name, text_from(field->name)))
            return field;
    return NULL;
}

/* One "name=value" into `object`; the code of what is wrong with it, or NULL. */
static const char *query_take(const struct field *fields, struct arena *arena, text name, text value, json_t *object)
{
    const struct field *field = field_named(fields, name);
    text plain;
    if (field == NULL)
        return "unknown-field";
    if (!text_percent_decode(arena, value, true, &plain))
        return "bad-escape";
    if (!text_is_utf8(plain))
        return "not-utf8";
    if (json_object_get(object, field->name) != NULL)
        return "duplicate-field";
    if (plain.length > 0)
        must(json_object_set_new(object, field->name, json_from_text(field, plain)) == 0);
    return NULL;
}

enum problem decode_query(const struct field *fields, text query, struct arena *arena, void *into,
                          struct decoded **decoded, struct problems *problems)
{
    size_t count_before = problems->count;
    json_t *object = json_object();
    must(object != NULL);
    arena_defer(arena, json_dispose, object);
    for (text rest = query; rest.at != NULL;) {
        text value = text_cut(&rest, '&');
        text name = text_cut(&value, '=');
        if (name.length == 0)
            continue;
        const char *code = query_take(fields, arena, name, value, object);
        if (code == NULL)
            continue;
        struct bytes pointer;
        bytes_init(&pointer, arena, name.length * 2 + 1);
        json_pointer_add(&pointer, name);
        problems_add(problems, bytes_text(&pointer), code, TEXT_NONE);
    }
    enum problem problem = take_root(fields, object, query.length, arena, into, decoded, problems);
    return problems->count > count_before ? PROBLEM_INVALID : problem;
}

enum problem decode_one(const struct field *field, text value, struct arena *arena, struct decoded **decoded,
                        struct problems *problems)
{
    const struct place top = {0};
    struct place place = {.outer = &top, .name = text_from(field->name)};
    if (*decoded == NULL)
        *decoded = decoded_new(arena, PATH_BYTES_MAX);
    struct walk walk = {.arena = arena, .problems = problems, .json = &(*decoded)->members};
    if (!text_is_utf8(value)) {
        refuse(&walk, &place, "not-utf8", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    json_t *json = json_from_text(field, value);
    must(json != NULL);
    arena_defer(arena, json_dispose, json);
    take_one(&walk, &(struct value){.field = field, .json = json, .place = &place}, *decoded);
    return walk.failed ? PROBLEM_INVALID : PROBLEM_NONE;
}
