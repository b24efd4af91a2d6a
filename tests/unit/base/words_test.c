/* Search terms: a two-character word, its pinyin and its initials must be found, other words must not. */
#include <criterion/criterion.h>

#include "base.h"
#include "base/words.h"

TestSuite(words);

static bool among(struct words words, text term)
{
    for (size_t i = 0; i < words.count; i++) {
        if (text_equal(words.at[i], term))
            return true;
    }
    return false;
}

/* What `words @> terms` says in SQL. */
static bool finds(const char *listing, const char *query)
{
    struct arena *arena = arena_new();
    struct words listed = words_of_listing(arena, (const text[]){text_from(listing)}, 1);
    struct words asked = words_of_query(arena, text_from(query));
    bool found = asked.count > 0;
    for (size_t i = 0; i < asked.count; i++)
        found = found && among(listed, asked.at[i]);
    arena_free(arena);
    return found;
}

Test(words, finds_chinese_words_by_their_characters)
{
    cr_assert(finds("武都纸皮核桃", "核桃"));
    cr_assert(finds("武都纸皮核桃", "桃"));
    cr_assert(finds("武都纸皮核桃", "纸皮核桃"));
    cr_assert(finds("武都纸皮核桃", "核桃 武都"));
    cr_assert_not(finds("武都纸皮核桃", "桃核"));
    cr_assert_not(finds("武都花椒", "核桃"));
}

Test(words, finds_chinese_words_by_pinyin_and_initials)
{
    cr_assert(finds("武都纸皮核桃", "hetao"));
    cr_assert(finds("武都纸皮核桃", "heta"), "while it is typed");
    cr_assert(finds("武都纸皮核桃", "HeTao"));
    cr_assert(finds("武都纸皮核桃", "he tao"));
    cr_assert(finds("武都纸皮核桃", "ht"));
    cr_assert(finds("武都纸皮核桃", "zpht"));
    cr_assert_not(finds("武都花椒", "hetao"));
    cr_assert_not(finds("武都纸皮核桃", "taohe"));
}

Test(words, finds_u_with_dots_under_both_spellings)
{
    cr_assert(finds("文县绿茶", "lvcha"));
    cr_assert(finds("文县绿茶", "lucha"));
}

Test(words, finds_latin_words_and_packs_by_prefix)
{
    cr_assert(finds("Longnan Walnut 核桃 500g", "wal"));
    cr_assert(finds("Longnan Walnut 核桃 500g", "５００Ｇ"));
    cr_assert(finds("Longnan Walnut 核桃 500g", "walnut 核桃"));
    cr_assert_not(finds("Longnan Walnut 核桃 500g", "nut"));
}

Test(words, finds_long_pinyin_by_its_first_letters)
{
    cr_assert(finds("两当狼牙蜜礼盒装一公斤", "langyamilihezhuangyigongjin"));
}

Test(words, asks_nothing_without_a_word)
{
    cr_assert_not(finds("核桃", " ,.!% "));
    cr_assert_not(finds("核桃", ""));
}

Test(words, folds_both_sides_alike)
{
    cr_assert(finds("①级木耳", "1级"));
    cr_assert(finds("STRASSE", "straße"));
}

Test(words, survives_bytes_that_are_no_text)
{
    cr_assert(finds("\xFF\xFE核桃\xC3", "核桃"));
}

Test(words, keeps_to_its_bound)
{
    struct arena *arena = arena_new();
    struct bytes name;
    bytes_init(&name, arena, 4096);
    for (int i = 0; i < 300; i++)
        bytes_add_format(&name, "%c%c%c%d ", 'a' + i % 26, 'a' + i / 26, 'q', i);
    text names[] = {TEXT("核桃"), bytes_text(&name)};
    struct words words = words_of_listing(arena, names, 2);
    cr_assert_leq(words.count, WORDS_OF_LISTING_MAX);
    cr_assert(among(words, TEXT("hetao")), "the earlier name wins");
    cr_assert_leq(words_of_query(arena, bytes_text(&name)).count, WORDS_OF_QUERY_MAX);
    arena_free(arena);
}

Test(words, writes_an_array_for_postgresql)
{
    struct arena *arena = arena_new();
    text array = words_to_array(arena, words_of_query(arena, TEXT("核桃 Wal")));
    cr_assert(text_equal(array, TEXT("{\"wal\",\"核桃\"}")), "%.*s", TEXT_ARGUMENTS(array));
    cr_assert(text_equal(words_to_array(arena, words_of_query(arena, TEXT(""))), TEXT("{}")));
    arena_free(arena);
}
