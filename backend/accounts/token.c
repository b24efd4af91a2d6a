/* Session and bearer tokens. What is stored is a hash: a copied table opens no session. */
#include <sodium.h>

#include "accounts.h"

#define TOKEN_RANDOM_BYTES 32

_Static_assert(TOKEN_HASH_BYTES == crypto_hash_sha256_BYTES, "the hash's size");
_Static_assert(TOKEN_CHARACTERS + 1 ==
                   sodium_base64_ENCODED_LEN(TOKEN_RANDOM_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
               "the token's length");

void token_new(struct token *token)
{
    uint8_t secret[TOKEN_RANDOM_BYTES];
    random_bytes(secret, sizeof(secret));
    sodium_bin2base64(token->characters, sizeof(token->characters), secret, sizeof(secret),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(secret, sizeof(secret));
}

static bool is_base64url(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool token_has_shape(text token)
{
    if (token.length != TOKEN_CHARACTERS)
        return false;
    for (size_t i = 0; i < token.length; i++) {
        if (!is_base64url(token.at[i]))
            return false;
    }
    return true;
}

/* No salt and no stretching: 256 random bits can't be guessed, and a lookup must find the row by the hash. */
void token_hash(text token, uint8_t hash[TOKEN_HASH_BYTES])
{
    crypto_hash_sha256(hash, (const uint8_t *)token.at, token.length);
}

text token_hash_hex(struct arena *arena, text token)
{
    uint8_t hash[TOKEN_HASH_BYTES];
    char hex[2 * TOKEN_HASH_BYTES + 1];
    token_hash(token, hash);
    sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
    return text_format(arena, "%s", hex);
}
