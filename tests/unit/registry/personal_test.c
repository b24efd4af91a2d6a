/* Sealed personal values: they open where they belong and nowhere else. */
#include <criterion/criterion.h>

#include "registry.h"

TestSuite(personal);

static struct arena *arena;
static struct personal_keys keys;
static struct personal_place place;

static void with_keys(void)
{
    arena = arena_new();
    cr_assert(personal_keys_read(personal_keys_new(arena), &keys));
    place = (struct personal_place){
        .table = "members", .column = "id_number_sealed", .county = TEXT("990121"), .row_id = uuid_from_seed(1, 1, 0)};
}

static void without(void)
{
    personal_keys_wipe(&keys);
    arena_free(arena);
}

Test(personal, opens_what_it_sealed, .init = with_keys, .fini = without)
{
    text plain = TEXT("990121197001010015"), opened = TEXT_NONE;
    text sealed = personal_seal(&keys, &place, plain, arena);
    cr_assert(personal_open(&keys, &place, sealed, arena, &opened));
    cr_assert(text_equal(opened, plain));
    cr_assert_null(memmem(sealed.at, sealed.length, "9901", 4));
    text again = personal_seal(&keys, &place, plain, arena);
    cr_assert_not(text_equal(again, sealed), "equal values are sealed differently");
}

Test(personal, does_not_open_in_another_place, .init = with_keys, .fini = without)
{
    text opened, sealed = personal_seal(&keys, &place, TEXT("x"), arena);
    struct personal_place elsewhere = place;
    elsewhere.column = "name_sealed";
    cr_assert_not(personal_open(&keys, &elsewhere, sealed, arena, &opened));
    elsewhere = place;
    elsewhere.county = TEXT("990122");
    cr_assert_not(personal_open(&keys, &elsewhere, sealed, arena, &opened));
    elsewhere = place;
    elsewhere.row_id = uuid_from_seed(1, 2, 0);
    cr_assert_not(personal_open(&keys, &elsewhere, sealed, arena, &opened));
}

Test(personal, does_not_open_when_a_bit_changed, .init = with_keys, .fini = without)
{
    text opened, sealed = personal_seal(&keys, &place, TEXT("张三"), arena);
    for (size_t i = 0; i < sealed.length; i++) {
        char *bytes = arena_alloc(arena, sealed.length);
        memcpy(bytes, sealed.at, sealed.length);
        bytes[i] = (char)(bytes[i] ^ 1);
        cr_assert_not(personal_open(&keys, &place, (text){bytes, sealed.length}, arena, &opened), "byte %zu", i);
        cr_assert_not(personal_open(&keys, &place, (text){sealed.at, i}, arena, &opened), "cut at %zu", i);
    }
}

Test(personal, old_keys_open_and_tell, .init = with_keys, .fini = without)
{
    text opened, sealed = personal_seal(&keys, &place, TEXT("x"), arena);
    cr_assert_not(personal_is_old(&keys, sealed));
    struct personal_keys newer = keys;
    newer.sealing[1] = keys.sealing[0];
    newer.sealing[0].id = 2;
    newer.sealing_count = 2;
    cr_assert(personal_open(&newer, &place, sealed, arena, &opened));
    cr_assert(personal_is_old(&newer, sealed));
}

Test(personal, index_is_stable_and_apart_by_purpose_and_key, .init = with_keys, .fini = without)
{
    text value = TEXT("990121197001010015");
    text index = personal_blind_index(&keys, PERSONAL_INDEX_ID_NUMBER, value, arena);
    cr_assert_eq(index.length, 64);
    cr_assert(text_equal(index, personal_blind_index(&keys, PERSONAL_INDEX_ID_NUMBER, value, arena)));
    cr_assert_not(text_equal(index, personal_blind_index(&keys, PERSONAL_INDEX_PHONE, value, arena)));
    keys.index_key[0] ^= 1;
    cr_assert_not(text_equal(index, personal_blind_index(&keys, PERSONAL_INDEX_ID_NUMBER, value, arena)));
}

Test(personal, refuses_key_files_that_are_not_whole, .init = with_keys, .fini = without)
{
    static const char *const wrong[] = {"", "index 00", "seal 1 00\n", "index\nseal\n", "hello world\n"};
    struct personal_keys read;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        cr_assert_not(personal_keys_read(text_from(wrong[i]), &read), "%s", wrong[i]);
    text whole = personal_keys_new(arena);
    text twice = text_format(arena, "%.*s%.*s", TEXT_ARGUMENTS(whole), TEXT_ARGUMENTS(whole));
    cr_assert_not(personal_keys_read(twice, &read));
    cr_assert_not(personal_keys_read(text_part(whole, 0, whole.length - 2), &read));
}

Test(personal, bytea_goes_there_and_back, .init = with_keys, .fini = without)
{
    text bytes, bytea = personal_to_bytea(arena, (text){"\0\xFFz", 3});
    cr_assert(text_equal(bytea, TEXT("\\x00ff7a")));
    cr_assert(personal_from_bytea(arena, bytea, &bytes));
    cr_assert(text_equal(bytes, (text){"\0\xFFz", 3}));
    cr_assert_not(personal_from_bytea(arena, TEXT("\\x0"), &bytes));
    cr_assert_not(personal_from_bytea(arena, TEXT("\\xzz"), &bytes));
    cr_assert_not(personal_from_bytea(arena, TEXT("00"), &bytes));
}
