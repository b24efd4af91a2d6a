/* Signatures of callbacks: a known value, and every way to be wrong. */
#include "payments/provider.h"
#include "unit.h"

static text given_timestamp, given_signature;

static text header_of(const struct request *request, const char *name)
{
    (void)request;
    if (strcmp(name, "x-timestamp") == 0)
        return given_timestamp;
    return strcmp(name, "x-signature") == 0 ? given_signature : TEXT_NONE;
}

static bool is_good(struct arena *arena, text timestamp, text signature, const char *body)
{
    struct request request = {
        .arena = arena, .now = INT64_C(1700000000) * 1000000, .raw_body = text_from(body), .header = header_of};
    given_timestamp = timestamp;
    given_signature = signature;
    return signature_is_good(&request, TEXT("secret"));
}

Test(signature, is_hmac_sha256_of_timestamp_and_body)
{
    SCRATCH(arena);
    EXPECT_TEXT(signature_of(arena, TEXT("secret"), TEXT("1700000000"), TEXT("{}")),
                "b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163");
}

Test(signature, refuses_what_is_old_early_cut_or_changed)
{
    SCRATCH(arena);
    text now = TEXT("1700000000"), old = TEXT("1699999699"), early = TEXT("1700000301");
    text good = signature_of(arena, TEXT("secret"), now, TEXT("{}"));
    cr_assert(is_good(arena, now, good, "{}"));
    cr_assert_not(is_good(arena, now, good, "{ }"));
    cr_assert_not(is_good(arena, now, text_part(good, 0, 63), "{}"));
    cr_assert_not(is_good(arena, now, TEXT_NONE, "{}"));
    cr_assert_not(is_good(arena, TEXT("17e8"), good, "{}"));
    cr_assert_not(is_good(arena, old, signature_of(arena, TEXT("secret"), old, TEXT("{}")), "{}"));
    cr_assert_not(is_good(arena, early, signature_of(arena, TEXT("secret"), early, TEXT("{}")), "{}"));
    cr_assert_not(is_good(arena, now, signature_of(arena, TEXT("other"), now, TEXT("{}")), "{}"));
}
