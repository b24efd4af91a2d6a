/* Hostile bytes for the decoder: as JSON, as a query string, and back through the encoder. */
#include "base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct item {
    county_id lot_id;
    int64_t packs;
};
static const struct field item_fields[] = {
    FIELD(item, lot_id, FIELD_COUNTY_ID),
    FIELD(item, packs, FIELD_COUNT),
    FIELDS_END,
};
struct body {
    text note, area, extra;
    money total_fen;
    calendar_day day;
    instant at;
    struct item *items;
    size_t items_count;
};
static const struct field body_fields[] = {
    FIELD(body, note, FIELD_TEXT, .optional = true),
    FIELD(body, area, FIELD_CODE, .optional = true),
    FIELD(body, extra, FIELD_JSON, .optional = true),
    FIELD(body, total_fen, FIELD_FEN, .optional = true),
    FIELD(body, day, FIELD_DATE, .optional = true),
    FIELD(body, at, FIELD_INSTANT, .optional = true),
    FIELD_ITEMS(body, items, item, item_fields, .optional = true),
    FIELDS_END,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    text source = {(const char *)data, size};
    struct body body = {0}, again = {0};
    struct decoded *decoded;
    struct problems *problems = arena_alloc(arena, sizeof *problems);
    problems_init(problems, arena);
    if (decode_json(body_fields, source, arena, &body, &decoded, problems) == PROBLEM_NONE) {
        struct bytes bytes;
        bytes_init(&bytes, arena, 1 << 24);
        encode_json(body_fields, &body, true, &bytes);
        must(decode_json(body_fields, bytes_text(&bytes), arena, &again, &decoded, problems) == PROBLEM_NONE);
        must(again.total_fen == body.total_fen && again.items_count == body.items_count);
    }
    enum problem problem = decode_query(body_fields, source, arena, NULL, &decoded, problems);
    must(problem != PROBLEM_NONE || decoded_json(decoded).length >= 2);
    arena_free(arena);
    return 0;
}
