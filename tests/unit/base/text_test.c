/* Text, arenas and buffers: views that never run over, copies that never grow past their bound. */
#include "unit.h"

Test(text, cut_walks_all_parts_and_then_is_absent)
{
    text rest = TEXT("a,,b");
    EXPECT_TEXT(text_cut(&rest, ','), "a");
    EXPECT_TEXT(text_cut(&rest, ','), "");
    EXPECT_TEXT(text_cut(&rest, ','), "b");
    cr_expect_null(rest.at);
    rest = TEXT("a,");
    EXPECT_TEXT(text_cut(&rest, ','), "a");
    cr_expect_not_null(rest.at);
    EXPECT_TEXT(text_cut(&rest, ','), "");
    cr_expect_null(rest.at);
}

Test(text, part_is_clipped_to_the_whole)
{
    EXPECT_TEXT(text_part(TEXT("walnut"), 3, 99), "nut");
    EXPECT_TEXT(text_part(TEXT("walnut"), 99, 1), "");
    EXPECT_TEXT(text_part(TEXT("walnut"), 0, SIZE_MAX), "walnut");
    cr_expect_null(text_part(TEXT_NONE, 0, 5).at);
}

Test(text, compares_by_bytes_then_length)
{
    cr_expect_lt(text_compare(TEXT("a"), TEXT("ab")), 0);
    cr_expect_gt(text_compare(TEXT("b"), TEXT("ab")), 0);
    cr_expect_eq(text_compare(TEXT(""), TEXT_NONE), 0);
    cr_expect(text_starts_with(TEXT("621202"), TEXT("6212")) && text_ends_with(TEXT("lot_id"), TEXT("_id")));
    cr_expect_not(text_starts_with(TEXT("62"), TEXT("6212")));
    EXPECT_TEXT(text_trim(TEXT(" \t x y \r\n")), "x y");
}

Test(text, numbers_are_digits_within_their_range)
{
    static const char *const refused[] = {"",
                                          "-",
                                          "+1",
                                          " 1",
                                          "1 ",
                                          "1.0",
                                          "1e3",
                                          "0x1",
                                          "--1",
                                          "9223372036854775808",
                                          "-9223372036854775809",
                                          "99999999999999999999999"};
    int64_t value;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        cr_expect_not(text_to_int64(text_from(refused[i]), INT64_MIN, INT64_MAX, &value), "%s", refused[i]);
    cr_assert(text_to_int64(TEXT("-9223372036854775808"), INT64_MIN, INT64_MAX, &value) && value == INT64_MIN);
    cr_assert(text_to_int64(TEXT("9223372036854775807"), INT64_MIN, INT64_MAX, &value) && value == INT64_MAX);
    cr_expect_not(text_to_int64(TEXT("1000"), 0, 999, &value));
    cr_expect_not(text_to_int64(TEXT("-1"), 0, 999, &value));
}

Test(text, utf8_is_the_strict_one)
{
    static const char *const broken[] = {"\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                         "\x80",     "\xC3",         "\xE6\xA0",     "\xF5\x80\x80\x80",
                                         "\xFF",     "a\xE6\xA0z"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        cr_expect_not(text_is_utf8(text_from(broken[i])), "row %zu", i);
    cr_expect(text_is_utf8(TEXT("核桃 walnut 𠀋 é")));
    cr_expect_eq(text_characters(TEXT("核桃𠀋a")), 4);
}

Test(text, percent_decoding_takes_pairs_only)
{
    SCRATCH(arena);
    text plain;
    cr_assert(text_percent_decode(arena, TEXT("%E6%a0%B8+x"), true, &plain));
    EXPECT_TEXT(plain, "核 x");
    cr_assert(text_percent_decode(arena, TEXT("a+b"), false, &plain));
    EXPECT_TEXT(plain, "a+b");
    cr_expect_not(text_percent_decode(arena, TEXT("%"), true, &plain));
    cr_expect_not(text_percent_decode(arena, TEXT("%4"), true, &plain));
    cr_expect_not(text_percent_decode(arena, TEXT("%4g"), true, &plain));
}

static void count_up(void *count)
{
    ++*(int *)count;
}

Test(arena, gives_zeroed_aligned_memory_and_disposes_once)
{
    struct arena *arena = arena_new();
    int disposed = 0;
    for (size_t size = 0; size < 20000; size = size * 2 + 1) {
        char *piece = arena_alloc(arena, size);
        cr_assert_eq((uintptr_t)piece % _Alignof(max_align_t), 0u);
        for (size_t i = 0; i < size; i++)
            cr_assert_eq(piece[i], 0);
        if (size > 0)
            memset(piece, 0xAA, size);
    }
    cr_expect_geq(arena_bytes(arena), 20000u);
    arena_defer(arena, count_up, &disposed);
    arena_free(arena);
    cr_expect_eq(disposed, 1);
}

Test(arena, aborts_on_a_size_that_overflows, .signal = SIGABRT)
{
    log_open(-1, LOG_LEVEL_ERROR);
    arena_alloc_items(arena_new(), SIZE_MAX / 2, 3);
}

Test(bytes, grow_up_to_their_bound)
{
    SCRATCH(arena);
    struct bytes bytes;
    bytes_init(&bytes, arena, 1000);
    for (int i = 0; i < 100; i++)
        bytes_add(&bytes, TEXT("0123456789"));
    cr_expect_eq(bytes.length, 1000u);
    cr_expect(bytes_fits(&bytes, 0) && !bytes_fits(&bytes, 1));
}

Test(bytes, abort_over_their_bound, .signal = SIGABRT)
{
    struct bytes bytes;
    log_open(-1, LOG_LEVEL_ERROR);
    bytes_init(&bytes, arena_new(), 3);
    bytes_add(&bytes, TEXT("four"));
}

Test(bytes, numbers_are_written_to_their_ends)
{
    SCRATCH(arena);
    struct bytes bytes;
    bytes_init(&bytes, arena, 1000);
    bytes_add_int64(&bytes, INT64_MIN);
    bytes_add_char(&bytes, ' ');
    bytes_add_int64(&bytes, 0);
    bytes_add_format(&bytes, " %0300d", 7);
    cr_expect_eq(bytes.length, 20u + 2 + 301);
    EXPECT_TEXT(text_part(bytes_text(&bytes), 0, 23), "-9223372036854775808 0 ");
}

Test(bytes, json_strings_are_escaped_and_stay_utf8)
{
    SCRATCH(arena);
    struct bytes bytes;
    bytes_init(&bytes, arena, 1000);
    bytes_add_json_string(&bytes, TEXT("核\"桃\\\n\t\x01\x7F/é"));
    EXPECT_TEXT(bytes_text(&bytes), "\"核\\\"桃\\\\\\n\\t\\u0001\\u007f/é\"");
    bytes_init(&bytes, arena, 1000);
    bytes_add_json_string(&bytes, TEXT("a\xFF\xE6\xA0"));
    EXPECT_TEXT(bytes_text(&bytes), "\"a\\ufffd\\ufffd\\ufffd\"");
}
