/* One decoder and one encoder, driven by field tables. One name for one thing: struct member = JSON field = SQL alias. */
#ifndef BASE_DECODE_H
#define BASE_DECODE_H

#include "base/problem.h"
#include "base/value.h"

enum field_kind {
    FIELD_COUNT, /* int64_t, min and max (default 0 … INT32_MAX) */
    FIELD_FEN,   /* money, min and max (default 0 … 10^15) */
    FIELD_QTY,   /* qty, min and max (default 0 … 10^15) */
    FIELD_BOOL,  /* bool */
    FIELD_TEXT, /* text; .min and .max characters (default 1 … TEXT_CHARACTERS_MAX; blank only when optional); control characters refused */
    FIELD_CODE, /* text of digits only, .min and .max digits (default 2 … 12): area codes */
    FIELD_CHOICE, /* text, one of .choices */
    FIELD_UUID,   /* uuid */
    FIELD_UUIDS,  /* text: different uuids as PostgreSQL takes them, "{…,…}"; .min and .max items */
    FIELD_COUNTY_ID, /* county_id; in SQL it becomes two parameters, lot_id and lot_county; facts may bring the two as well */
    FIELD_DATE,    /* calendar_day */
    FIELD_INSTANT, /* instant */
    FIELD_JSON,    /* text: any JSON value as it stood; facts and plans only */
    FIELD_OBJECT,  /* struct, .fields */
    FIELD_LIST,    /* pointer to .item_size structs and a size_t count at .count_offset; .fields; .min and .max items */
    FIELD_KINDS_COUNT
};

struct field {
    const char *name;
    enum field_kind kind;
    size_t offset, count_offset, item_size;
    int64_t min, max; /* both 0: the kind's default */
    const struct field *fields;
    const char *const *choices; /* ends with NULL */
    bool optional;              /* absent or null is allowed; the member then stays zeroed */
};
#define FIELD(type, member, kind_, ...)                                                                                \
    {                                                                                                                  \
        .name = #member, .kind = kind_, .offset = offsetof(struct type, member), __VA_ARGS__                           \
    }
#define FIELD_ITEMS(type, member, item, item_fields, ...)                                                              \
    {                                                                                                                  \
        .name = #member, .kind = FIELD_LIST, .offset = offsetof(struct type, member),                                  \
        .count_offset = offsetof(struct type, member##_count), .item_size = sizeof(struct item),                       \
        .fields = item_fields, __VA_ARGS__                                                                             \
    }
/* For shapes no C code looks into (ask and act): the name alone. */
#define FIELD_NAMED(name_, kind_, ...)                                                                                 \
    {                                                                                                                  \
        .name = name_, .kind = kind_, __VA_ARGS__                                                                      \
    }
#define FIELDS_END                                                                                                     \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

struct bounds {
    int64_t min, max;
};
/* Those in force: the row's or its kind's. Both 0 where the kind has none. */
struct bounds field_bounds(const struct field *field);

/* A decoded and validated JSON object: what binds to SQL parameters by name. */
struct decoded;
/* The value of a top-level field as text for a SQL parameter; TEXT_NONE when absent. "lot_county" answers the county part of "lot_id". */
text decoded_parameter(const struct decoded *decoded, text name);
/* The whole as JSON again, county ids expanded into x_id and x_county on every level: for a :body parameter. */
text decoded_json(const struct decoded *decoded);

/* Reads JSON into `into` (may be NULL) and `decoded` (may be NULL). Refuses unknown fields, reals, depth over JSON_DEPTH_MAX, duplicate
   names. PROBLEM_MALFORMED: not JSON; PROBLEM_INVALID: details say where. `into` must be zeroed; its texts live as long as the arena. */
MUST_USE enum problem decode_json(const struct field *fields, text source, struct arena *arena, void *into,
                                  struct decoded **decoded, struct problems *problems);
/* The same for a query string or form ("limit=20&q=%E6%A0%B8"): every value is text first; "q=" is as good as absent. */
MUST_USE enum problem decode_query(const struct field *fields, text query, struct arena *arena, void *into,
                                   struct decoded **decoded, struct problems *problems);
/* Adds one more field to what was decoded, as if it had been sent (path parameters); *decoded may be NULL at first. */
MUST_USE enum problem decode_one(const struct field *field, text value, struct arena *arena, struct decoded **decoded,
                                 struct problems *problems);
/* One field of a struct as plain words; TEXT_NONE: null, or nothing that is one word. */
text encode_words(const struct field *field, const void *from, struct arena *arena);
/* Writes a struct as a JSON object. County ids are written as one public id when `public_ids`, else as x_id and x_county. */
void encode_json(const struct field *fields, const void *from, bool public_ids, struct bytes *into);

#endif
