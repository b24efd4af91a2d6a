/* Passwords, tokens and one-time codes. */
#include <criterion/criterion.h>

#include "accounts.h"

TestSuite(passwords);
TestSuite(tokens);
TestSuite(codes);

Test(passwords, match_only_themselves)
{
    char hash[PASSWORD_HASH_BYTES];
    cr_assert(password_hash(TEXT("核桃walnut99"), hash));
    cr_assert(password_matches(TEXT("核桃walnut99"), text_from(hash)));
    cr_assert_not(password_matches(TEXT("核桃walnut98"), text_from(hash)));
    cr_assert_not(password_matches(TEXT(""), text_from(hash)));
    cr_assert_not(password_needs_rehash(text_from(hash)));
}

Test(passwords, of_nobody_never_match)
{
    cr_assert_not(password_matches(TEXT("anything at all"), TEXT_NONE));
    cr_assert_not(password_matches(TEXT("anything at all"), TEXT("not a hash")));
    cr_assert(password_needs_rehash(TEXT("not a hash")));
}

static int64_t microseconds_of(text stored)
{
    instant start = instant_now();
    for (int i = 0; i < 5; i++)
        cr_assert_not(password_matches(TEXT("a guess"), stored));
    return instant_now() - start;
}

Test(passwords, cost_the_same_for_unknown_logins)
{
    char hash[PASSWORD_HASH_BYTES];
    cr_assert(password_hash(TEXT("核桃walnut99"), hash));
    int64_t known = microseconds_of(text_from(hash)), unknown = microseconds_of(TEXT_NONE);
    cr_assert(unknown > known / 3 && unknown < known * 3, "known %ld µs, unknown %ld µs", (long)known, (long)unknown);
}

static void expect_fault(const char *password, const char *fault)
{
    const char *found = password_fault(text_from(password), TEXT("wangfang"));
    if (fault == NULL)
        cr_assert_null(found, "%s: %s", password, found);
    else
        cr_assert(found != NULL && strcmp(found, fault) == 0, "%s", password);
}

Test(passwords, must_be_long_or_mixed_and_not_common)
{
    expect_fault("short", PASSWORD_TOO_WEAK);
    expect_fault("abcdefgh1", PASSWORD_TOO_WEAK);
    expect_fault("Abcdefg1", NULL);
    expect_fault("mountain goods", NULL);
    expect_fault("山上的核桃树很多很多", NULL);
    expect_fault("1234567890", PASSWORD_TOO_COMMON);
    expect_fault("WoAiNi1314520", PASSWORD_TOO_COMMON);
    expect_fault("aaaaaaaaaaaa", PASSWORD_TOO_COMMON);
    expect_fault("WangFang2026", PASSWORD_TOO_COMMON);
    char long_one[PASSWORD_BYTES_MAX + 2] = {0};
    memset(long_one, 'x', PASSWORD_BYTES_MAX + 1);
    expect_fault(long_one, PASSWORD_TOO_LONG);
}

Test(tokens, are_random_and_hash_like_sha_256)
{
    struct token one, other;
    token_new(&one);
    token_new(&other);
    cr_assert(token_has_shape(text_from(one.characters)));
    cr_assert_str_neq(one.characters, other.characters);
    cr_assert_not(token_has_shape(TEXT("short")));
    struct arena *arena = arena_new();
    text hex = token_hash_hex(arena, TEXT("abc"));
    cr_assert(text_equal(hex, TEXT("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    arena_free(arena);
}

Test(codes, are_read_as_people_type_them)
{
    struct arena *arena = arena_new();
    struct code code, typed;
    code_new(&code);
    text printed = code_print(arena, &code);
    cr_assert_eq(printed.length, 12);
    cr_assert(code_read(printed, &typed));
    cr_assert_str_eq(typed.characters, code.characters);
    cr_assert(code_read(TEXT("o1il-7k3m 9q"), &typed));
    cr_assert_str_eq(typed.characters, "01117K3M9Q");
    cr_assert_not(code_read(TEXT("01117K3M9"), &typed));
    cr_assert_not(code_read(TEXT("01117K3M9QQ"), &typed));
    cr_assert_not(code_read(TEXT("U1117K3M9Q"), &typed));
    arena_free(arena);
}

Test(codes, hash_for_one_login_and_one_key)
{
    struct arena *arena = arena_new();
    struct code code;
    cr_assert(code_read(TEXT("01117K3M9Q"), &code));
    uint8_t key[CODE_KEY_BYTES] = {1}, other[CODE_KEY_BYTES] = {2};
    text hash = code_hash_hex(arena, &code, TEXT("a"), key);
    cr_assert_eq(hash.length, 64);
    cr_assert(text_equal(hash, code_hash_hex(arena, &code, TEXT("a"), key)));
    cr_assert_not(text_equal(hash, code_hash_hex(arena, &code, TEXT("b"), key)));
    cr_assert_not(text_equal(hash, code_hash_hex(arena, &code, TEXT("a"), other)));
    arena_free(arena);
}
