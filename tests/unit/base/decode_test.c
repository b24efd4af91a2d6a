/* The decoder refuses all that was not declared and says where; the encoder writes what the decoder reads. */
#include "unit.h"

struct line {
    county_id offer_id;
    int64_t packs;
};
static const struct field line_fields[] = {
    FIELD(line, offer_id, FIELD_COUNTY_ID),
    FIELD(line, packs, FIELD_COUNT, .min = 1, .max = 999),
    FIELDS_END,
};
struct place {
    text name;
};
static const struct field place_fields[] = {FIELD(place, name, FIELD_TEXT), FIELDS_END};
static const char *const grades[] = {"first", "second", NULL};
struct body {
    text note, grade, area, extra;
    money total_fen;
    bool gift;
    uuid buyer_id;
    calendar_day harvested;
    instant paid_at;
    struct place shop;
    struct line *lines;
    size_t lines_count;
};
static const struct field body_fields[] = {
    FIELD(body, note, FIELD_TEXT, .optional = true, .max = 5),
    FIELD(body, grade, FIELD_CHOICE, .optional = true, .choices = grades),
    FIELD(body, area, FIELD_CODE, .optional = true),
    FIELD(body, extra, FIELD_JSON, .optional = true),
    FIELD(body, total_fen, FIELD_FEN, .optional = true),
    FIELD(body, gift, FIELD_BOOL, .optional = true),
    FIELD(body, buyer_id, FIELD_UUID, .optional = true),
    FIELD(body, harvested, FIELD_DATE, .optional = true),
    FIELD(body, paid_at, FIELD_INSTANT, .optional = true),
    FIELD(body, shop, FIELD_OBJECT, .optional = true, .fields = place_fields),
    FIELD_ITEMS(body, lines, line, line_fields, .optional = true, .min = 1, .max = 3),
    FIELDS_END,
};
#define UUID_WORDS "018f2f6e-0000-7000-8000-00000000abcd"

struct decoding {
    struct problems problems;
    struct body body;
    struct decoded *decoded;
    enum problem problem;
};

static struct decoding *decoding_new(struct arena *arena)
{
    struct decoding *decoding = arena_alloc(arena, sizeof *decoding);
    problems_init(&decoding->problems, arena);
    return decoding;
}

static struct decoding *decode(struct arena *arena, text source)
{
    struct decoding *decoding = decoding_new(arena);
    decoding->problem =
        decode_json(body_fields, source, arena, &decoding->body, &decoding->decoded, &decoding->problems);
    return decoding;
}

static struct decoding *decode_words(struct arena *arena, const char *query)
{
    struct decoding *decoding = decoding_new(arena);
    decoding->problem =
        decode_query(body_fields, text_from(query), arena, &decoding->body, &decoding->decoded, &decoding->problems);
    return decoding;
}

struct refusal {
    const char *source, *pointer, *code;
};

Test(decode, reads_every_kind_into_its_member)
{
    SCRATCH(arena);
    const struct decoding *got = decode(
        arena, TEXT("{\"note\":\"核桃\",\"grade\":\"second\",\"area\":\"621202\",\"total_fen\":1990,\"gift\":true,"
                    "\"buyer_id\":\"" UUID_WORDS "\",\"harvested\":\"2026-09-30\",\"paid_at\":\"2026-11-23T03:15:36Z\","
                    "\"shop\":{\"name\":\"老店\"},\"extra\":{\"a\":[1,null]},"
                    "\"lines\":[{\"offer_id\":\"621202-" UUID_WORDS "\",\"packs\":2}]}"));
    cr_assert_eq(got->problem, PROBLEM_NONE);
    EXPECT_TEXT(got->body.note, "核桃");
    EXPECT_TEXT(got->body.grade, "second");
    EXPECT_TEXT(got->body.area, "621202");
    EXPECT_TEXT(got->body.extra, "{\"a\":[1,null]}");
    EXPECT_TEXT(got->body.shop.name, "老店");
    EXPECT_TEXT(day_format(arena, got->body.harvested), "2026-09-30");
    EXPECT_TEXT(instant_format(arena, got->body.paid_at), "2026-11-23T03:15:36.000Z");
    cr_expect(got->body.total_fen == 1990 && got->body.gift && !uuid_is_zero(got->body.buyer_id));
    cr_assert_eq(got->body.lines_count, 1u);
    cr_expect_eq(got->body.lines[0].packs, 2);
    cr_expect_str_eq(got->body.lines[0].offer_id.county, "621202");
}

Test(decode, refuses_with_the_place_and_a_code)
{
    static const struct refusal rows[] = {
        {"{\"nothing\":1}", "/nothing", "unknown-field"},
        {"{\"a/b~c\":1}", "/a~1b~0c", "unknown-field"},
        {"{\"lines\":[{\"packs\":1,\"x\":1}]}", "/lines/0/x", "unknown-field"},
        {"{\"lines\":[{\"packs\":1}]}", "/lines/0/offer_id", "required"},
        {"{\"shop\":{}}", "/shop/name", "required"},
        {"{\"shop\":{\"name\":null}}", "/shop/name", "required"},
        {"{\"shop\":{\"name\":\" \"}}", "/shop/name", "too-short"},
        {"{\"shop\":{\"name\":\"\xE3\x80\x80\"}}", "/shop/name", "too-short"},
        {"{\"total_fen\":1.0}", "/total_fen", "not-whole"},
        {"{\"total_fen\":1e2}", "/total_fen", "not-whole"},
        {"{\"total_fen\":\"1\"}", "/total_fen", "wrong-type"},
        {"{\"total_fen\":-1}", "/total_fen", "below-min"},
        {"{\"total_fen\":1000000000000001}", "/total_fen", "above-max"},
        {"{\"gift\":0}", "/gift", "wrong-type"},
        {"{\"note\":\"六个字太长了\"}", "/note", "too-long"},
        {"{\"note\":7}", "/note", "wrong-type"},
        {"{\"grade\":\"third\"}", "/grade", "not-a-choice"},
        {"{\"area\":\"62x\"}", "/area", "not-digits"},
        {"{\"area\":\"1\"}", "/area", "too-short"},
        {"{\"buyer_id\":\"7\"}", "/buyer_id", "not-an-id"},
        {"{\"harvested\":\"2026-02-29\"}", "/harvested", "not-a-date"},
        {"{\"paid_at\":\"2026-02-28\"}", "/paid_at", "not-an-instant"},
        {"{\"lines\":{}}", "/lines", "wrong-type"},
        {"{\"lines\":[]}", "/lines", "too-few"},
        {"{\"lines\":[{},{},{},{}]}", "/lines", "too-many-items"},
        {"{\"lines\":[7]}", "/lines/0", "wrong-type"},
        {"[]", "", "wrong-type"},
    };
    SCRATCH(arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct decoding *got = decode(arena, text_from(rows[i].source));
        cr_expect_eq(got->problem, PROBLEM_INVALID, "%s", rows[i].source);
        EXPECT_DETAIL(&got->problems, rows[i].pointer, rows[i].code);
    }
}

Test(decode, names_the_place_of_what_the_parser_refuses)
{
    static const struct refusal rows[] = {
        {"{\"total_fen\":9223372036854775808}", "/total_fen", "above-max"},
        {"{\"lines\":[{\"packs\":1},{\"packs\":99999999999999999999}]}", "/lines/1/packs", "above-max"},
        {"{\"note\":\"a\",\"note\":\"b\"}", "/note", "duplicate-field"},
        {"{\"shop\":{\"name\":\"a\",\"name\":\"a\"}}", "/shop/name", "duplicate-field"},
        {"{\"note\":\"a\\u0000b\"}", "/note", "control-character"},
    };
    SCRATCH(arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct decoding *got = decode(arena, text_from(rows[i].source));
        cr_expect_eq(got->problem, PROBLEM_INVALID, "%s", rows[i].source);
        EXPECT_DETAIL(&got->problems, rows[i].pointer, rows[i].code);
    }
}

Test(decode, calls_no_json_malformed)
{
    static const text sources[] = {{"", 0},
                                   {NULL, 0},
                                   TEXT("{"),
                                   TEXT("{}x"),
                                   TEXT("nonsense"),
                                   TEXT("{\"note\":\"\xFF\"}"),
                                   TEXT("{'a':1}"),
                                   TEXT("{\"a\":01}"),
                                   TEXT("{\"note\":\"a\0b\"}"),
                                   TEXT("{\"a\":NaN}"),
                                   TEXT("7"),
                                   TEXT("{\"note\":\"\\ud800\"}")};
    SCRATCH(arena);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        const struct decoding *got = decode(arena, sources[i]);
        cr_expect_eq(got->problem, PROBLEM_MALFORMED, "row %zu", i);
        EXPECT_DETAIL(&got->problems, "", "not-json");
    }
}

Test(decode, refuses_characters_that_hide)
{
    static const char *const hidden[] = {"\\u0007", "\\n",     "\\u007f", "\\u0085", "\\u200e",
                                         "\\u202e", "\\u2066", "\\u2028", "\\ufeff", "\xE2\x80\xAE"};
    SCRATCH(arena);
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        const struct decoding *got = decode(arena, text_format(arena, "{\"note\":\"a%sb\"}", hidden[i]));
        cr_expect_eq(got->problem, PROBLEM_INVALID, "%s", hidden[i]);
        EXPECT_DETAIL(&got->problems, "/note", "control-character");
    }
}

static text nested(struct arena *arena, int depth)
{
    struct bytes bytes;
    bytes_init(&bytes, arena, 1 << 20);
    bytes_add(&bytes, TEXT("{\"extra\":"));
    for (int i = 1; i < depth; i++)
        bytes_add_char(&bytes, '[');
    for (int i = 1; i < depth; i++)
        bytes_add_char(&bytes, ']');
    bytes_add_char(&bytes, '}');
    return bytes_text(&bytes);
}

Test(decode, takes_the_deepest_and_refuses_one_more)
{
    SCRATCH(arena);
    cr_expect_eq(decode(arena, nested(arena, JSON_DEPTH_MAX))->problem, PROBLEM_NONE);
    const struct decoding *got = decode(arena, nested(arena, JSON_DEPTH_MAX + 1));
    cr_expect_eq(got->problem, PROBLEM_INVALID);
    cr_expect_str_eq(got->problems.details[0].code, "too-deep");
    cr_expect_eq(decode(arena, nested(arena, 100000))->problem, PROBLEM_INVALID);
}

Test(decode, brackets_in_strings_are_no_depth)
{
    SCRATCH(arena);
    cr_expect_eq(decode(arena, TEXT("{\"extra\":\"[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[\"}"))->problem, PROBLEM_NONE);
}

Test(decode, counts_details_up_to_the_limit)
{
    SCRATCH(arena);
    struct bytes bytes;
    bytes_init(&bytes, arena, 1 << 16);
    bytes_add(&bytes, TEXT("{\"u0\":0"));
    for (int i = 1; i <= PROBLEM_DETAILS_MAX; i++)
        bytes_add_format(&bytes, ",\"u%d\":0", i);
    bytes_add_char(&bytes, '}');
    const struct decoding *got = decode(arena, bytes_text(&bytes));
    cr_expect_eq(got->problems.count, (size_t)PROBLEM_DETAILS_MAX);
    cr_expect(got->problems.more);
}

Test(decode, gives_parameters_by_name_and_the_whole_for_sql)
{
    SCRATCH(arena);
    static const struct field fields[] = {FIELD_NAMED("lot_id", FIELD_COUNTY_ID),
                                          FIELD_NAMED("packs", FIELD_COUNT),
                                          FIELD_NAMED("buyer_id", FIELD_UUID),
                                          FIELD_NAMED("note", FIELD_TEXT),
                                          FIELD_NAMED("gone", FIELD_TEXT, .optional = true),
                                          FIELDS_END};
    struct decoded *decoded;
    struct problems problems;
    problems_init(&problems, arena);
    text source = TEXT("{\"note\":\"a\\\"b\",\"packs\":3,\"lot_id\":\"621202-018F2F6E-0000-7000-8000-00000000ABCD\","
                       "\"buyer_id\":\"018F2F6E-0000-7000-8000-00000000ABCD\",\"gone\":null}");
    cr_assert_eq(decode_json(fields, source, arena, NULL, &decoded, &problems), PROBLEM_NONE);
    EXPECT_TEXT(decoded_parameter(decoded, TEXT("lot_id")), UUID_WORDS);
    EXPECT_TEXT(decoded_parameter(decoded, TEXT("lot_county")), "621202");
    EXPECT_TEXT(decoded_parameter(decoded, TEXT("buyer_id")), UUID_WORDS);
    EXPECT_TEXT(decoded_parameter(decoded, TEXT("packs")), "3");
    EXPECT_TEXT(decoded_parameter(decoded, TEXT("note")), "a\"b");
    cr_expect_null(decoded_parameter(decoded, TEXT("gone")).at);
    EXPECT_TEXT(decoded_json(decoded), "{\"lot_id\":\"" UUID_WORDS "\",\"lot_county\":\"621202\",\"packs\":3,"
                                       "\"buyer_id\":\"" UUID_WORDS "\",\"note\":\"a\\\"b\"}");
}

Test(decode, takes_a_county_id_as_sql_returns_it)
{
    SCRATCH(arena);
    const struct decoding *got =
        decode(arena, TEXT("{\"lines\":[{\"offer_id\":\"" UUID_WORDS "\",\"offer_county\":\"621202\",\"packs\":1}]}"));
    cr_assert_eq(got->problem, PROBLEM_NONE);
    cr_expect_str_eq(got->body.lines[0].offer_id.county, "621202");
    got = decode(arena, TEXT("{\"lines\":[{\"offer_id\":\"" UUID_WORDS "\",\"packs\":1}]}"));
    EXPECT_DETAIL(&got->problems, "/lines/0/offer_id", "not-an-id");
}

Test(decode, reads_a_query_as_text)
{
    SCRATCH(arena);
    const struct decoding *got = decode_words(arena, "note=%E6%A0%B8+%26&total_fen=20&gift=true&&area=");
    cr_assert_eq(got->problem, PROBLEM_NONE);
    EXPECT_TEXT(got->body.note, "核 &");
    cr_expect(got->body.total_fen == 20 && got->body.gift);
    cr_expect_null(got->body.area.at);
    EXPECT_TEXT(decoded_parameter(got->decoded, TEXT("total_fen")), "20");
    cr_expect_eq(decode_words(arena, "")->problem, PROBLEM_NONE);
}

Test(decode, refuses_a_crooked_query)
{
    static const struct refusal rows[] = {
        {"nothing=1", "/nothing", "unknown-field"},
        {"total_fen=x", "/total_fen", "wrong-type"},
        {"total_fen=-1", "/total_fen", "below-min"},
        {"note=%4", "/note", "bad-escape"},
        {"note=%FF", "/note", "not-utf8"},
        {"note=%00", "/note", "control-character"},
        {"note=a&note=b", "/note", "duplicate-field"},
        {"gift=yes", "/gift", "wrong-type"},
        {"total_fen=9223372036854775808", "/total_fen", "wrong-type"},
    };
    SCRATCH(arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct decoding *got = decode_words(arena, rows[i].source);
        cr_expect_eq(got->problem, PROBLEM_INVALID, "%s", rows[i].source);
        EXPECT_DETAIL(&got->problems, rows[i].pointer, rows[i].code);
    }
}

Test(decode, adds_path_parameters_one_by_one)
{
    static const struct field order = FIELD_NAMED("order_id", FIELD_COUNTY_ID), step = FIELD_NAMED("step", FIELD_COUNT);
    SCRATCH(arena);
    struct decoded *decoded = NULL;
    struct problems problems;
    problems_init(&problems, arena);
    cr_assert_eq(decode_one(&order, TEXT("621202-" UUID_WORDS), arena, &decoded, &problems), PROBLEM_NONE);
    cr_assert_eq(decode_one(&step, TEXT("4"), arena, &decoded, &problems), PROBLEM_NONE);
    EXPECT_TEXT(decoded_parameter(decoded, TEXT("order_county")), "621202");
    EXPECT_TEXT(decoded_json(decoded), "{\"order_id\":\"" UUID_WORDS "\",\"order_county\":\"621202\",\"step\":4}");
    cr_expect_eq(decode_one(&step, TEXT("\xFF"), arena, &decoded, &problems), PROBLEM_INVALID);
    EXPECT_DETAIL(&problems, "/step", "not-utf8");
}

Test(encode, writes_what_the_decoder_reads)
{
    SCRATCH(arena);
    text source =
        TEXT("{\"note\":\"\\\"é\",\"grade\":\"first\",\"area\":\"62\",\"extra\":[1],\"total_fen\":7,\"gift\":"
             "false,\"buyer_id\":\"" UUID_WORDS "\",\"harvested\":\"2024-02-29\",\"paid_at\":"
             "\"2026-11-23T03:15:36.123Z\",\"shop\":{\"name\":\"店\"},\"lines\":[{\"offer_id\":\"621202-" UUID_WORDS
             "\",\"packs\":2},{\"offer_id\":\"621221-" UUID_WORDS "\",\"packs\":999}]}");
    for (int public_ids = 0; public_ids <= 1; public_ids++) {
        struct bytes once, twice;
        bytes_init(&once, arena, 1 << 16);
        bytes_init(&twice, arena, 1 << 16);
        encode_json(body_fields, &decode(arena, source)->body, public_ids == 1, &once);
        encode_json(body_fields, &decode(arena, bytes_text(&once))->body, true, &twice);
        cr_expect(text_equal(bytes_text(&twice), source), "%.*s", TEXT_ARGUMENTS(bytes_text(&twice)));
    }
}

Test(encode, leaves_absent_members_null_and_splits_ids_for_sql)
{
    SCRATCH(arena);
    struct line line = {.packs = 1};
    struct body body = {.lines = &line, .lines_count = 1};
    struct bytes bytes;
    cr_assert(county_id_parse(TEXT("621202-" UUID_WORDS), &line.offer_id));
    bytes_init(&bytes, arena, 1 << 16);
    encode_json(body_fields, &body, false, &bytes);
    EXPECT_TEXT(bytes_text(&bytes),
                "{\"note\":null,\"grade\":null,\"area\":null,\"extra\":null,\"total_fen\":0,\"gift\":false,"
                "\"buyer_id\":null,\"harvested\":null,\"paid_at\":null,\"shop\":{\"name\":null},"
                "\"lines\":[{\"offer_id\":\"" UUID_WORDS "\",\"offer_county\":\"621202\",\"packs\":1}]}");
}

/* Bytes of a valid body, a few of them spoiled: whatever comes, an answer and no more than that. */
Test(decode, survives_spoiled_bytes)
{
    static const char valid[] =
        "{\"note\":\"\\u6838\",\"total_fen\":1990,\"shop\":{\"name\":\"x\"},\"lines\":[{\"offer_id\":"
        "\"621202-" UUID_WORDS "\",\"packs\":2}]}";
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < 3000; round++) {
        SCRATCH(arena);
        char *spoiled = arena_alloc(arena, sizeof valid - 1);
        memcpy(spoiled, valid, sizeof valid - 1);
        for (int64_t i = seeded_between(&state, 1, 4); i > 0; i--)
            spoiled[seeded_between(&state, 0, sizeof valid - 2)] = (char)seeded_between(&state, 0, 255);
        size_t length = (size_t)seeded_between(&state, 0, sizeof valid - 1);
        const struct decoding *got = decode(arena, (text){spoiled, round % 2 == 0 ? sizeof valid - 1 : length});
        EXPECT_SEEDED((got->problem == PROBLEM_NONE) == (got->problems.count == 0), seed);
    }
}
