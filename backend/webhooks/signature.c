/* Secrets and signatures as Standard Webhooks has them. A secret is shown once; nothing here may log one. */
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "webhooks/sending.h"

#define SECRET_PREFIX "whsec_"
enum { SECRET_BYTES = 32, SECRET_BYTES_MIN = 24, SECRET_BYTES_MAX = 64 };

static text base64_of(struct arena *arena, const unsigned char *bytes, size_t count)
{
    size_t length = sodium_base64_encoded_len(count, sodium_base64_VARIANT_ORIGINAL);
    char *words = arena_alloc(arena, length);
    sodium_bin2base64(words, length, bytes, count, sodium_base64_VARIANT_ORIGINAL);
    return text_from(words);
}

text webhook_secret_new(struct arena *arena)
{
    unsigned char bytes[SECRET_BYTES];
    random_bytes(bytes, sizeof bytes);
    text words = base64_of(arena, bytes, sizeof bytes);
    OPENSSL_cleanse(bytes, sizeof bytes);
    return text_format(arena, SECRET_PREFIX "%.*s", TEXT_ARGUMENTS(words));
}

static bool secret_read(text secret, unsigned char bytes[SECRET_BYTES_MAX], size_t *count)
{
    text words = text_part(secret, sizeof SECRET_PREFIX - 1, secret.length);
    return text_starts_with(secret, TEXT(SECRET_PREFIX)) &&
           sodium_base642bin(bytes, SECRET_BYTES_MAX, words.at, words.length, NULL, count, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           *count >= SECRET_BYTES_MIN;
}

text webhook_signature(struct arena *arena, text secret, text id, text timestamp, text body)
{
    unsigned char key[SECRET_BYTES_MAX], digest[EVP_MAX_MD_SIZE];
    size_t key_bytes = 0;
    unsigned digest_bytes = 0;
    if (!secret_read(secret, key, &key_bytes))
        return TEXT_NONE;
    text said =
        text_format(arena, "%.*s.%.*s.%.*s", TEXT_ARGUMENTS(id), TEXT_ARGUMENTS(timestamp), TEXT_ARGUMENTS(body));
    must(HMAC(EVP_sha256(), key, (int)key_bytes, (const unsigned char *)said.at, said.length, digest, &digest_bytes) !=
         NULL);
    OPENSSL_cleanse(key, sizeof key);
    text words = base64_of(arena, digest, digest_bytes);
    return text_format(arena, "v1,%.*s", TEXT_ARGUMENTS(words));
}
