/* How callbacks and calls to the simulator are signed. Must never compare byte by byte, nor trust a clock it did not read. */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "payments/provider.h"

text signature_of(struct arena *arena, text secret, text timestamp, text body)
{
    static const char hex[] = "0123456789abcdef";
    text signed_words = text_format(arena, "%.*s.%.*s", TEXT_ARGUMENTS(timestamp), TEXT_ARGUMENTS(body));
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_bytes = 0;
    must(HMAC(EVP_sha256(), secret.at, (int)secret.length, (const unsigned char *)signed_words.at, signed_words.length,
              digest, &digest_bytes) != NULL);
    char *words = arena_alloc(arena, 2 * (size_t)digest_bytes + 1);
    for (size_t i = 0; i < digest_bytes; i++) {
        words[2 * i] = hex[digest[i] >> 4];
        words[2 * i + 1] = hex[digest[i] & 15];
    }
    return (text){words, 2 * (size_t)digest_bytes};
}

static bool is_fresh(text timestamp, instant now)
{
    int64_t at_s;
    if (!text_to_int64(timestamp, 0, INT64_C(100000000000), &at_s))
        return false;
    int64_t age_s = now / 1000000 - at_s;
    return age_s >= -SIGNATURE_AGE_S_MAX && age_s <= SIGNATURE_AGE_S_MAX;
}

bool signature_is_good(const struct request *request, text secret)
{
    text timestamp = request->header(request, "x-timestamp");
    text given = request->header(request, "x-signature");
    if (timestamp.at == NULL || given.at == NULL || secret.length == 0 || !is_fresh(timestamp, request->now))
        return false;
    text expected = signature_of(request->arena, secret, timestamp, request->raw_body);
    return given.length == expected.length && CRYPTO_memcmp(given.at, expected.at, expected.length) == 0;
}
