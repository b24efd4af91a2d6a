/* One-time codes for people without a mailbox: short enough to read out, hashed with a key because they are short. */
#include <sodium.h>

#include "accounts.h"

#define CODE_HASH_BYTES 32

/* 32 characters, so five bits each: without I L O U. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
_Static_assert(sizeof(alphabet) - 1 == 32, "every five bits name a character");

void code_new(struct code *code)
{
    uint8_t secret[CODE_CHARACTERS];
    random_bytes(secret, sizeof(secret));
    *code = (struct code){0};
    for (size_t i = 0; i < CODE_CHARACTERS; i++)
        code->characters[i] = alphabet[secret[i] & 31];
    sodium_memzero(secret, sizeof(secret));
}

text code_print(struct arena *arena, const struct code *code)
{
    return text_format(arena, "%.4s-%.4s-%.2s", code->characters, code->characters + 4, code->characters + 8);
}

static char as_meant(char typed)
{
    char c = typed >= 'a' && typed <= 'z' ? (char)(typed - 'a' + 'A') : typed;
    if (c == 'O')
        return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

bool code_read(text typed, struct code *code)
{
    size_t length = 0;
    *code = (struct code){0};
    for (size_t i = 0; i < typed.length; i++) {
        char c = as_meant(typed.at[i]);
        if (c == ' ' || c == '-')
            continue;
        if (length == CODE_CHARACTERS || c == '\0' || strchr(alphabet, c) == NULL)
            return false;
        code->characters[length++] = c;
    }
    return length == CODE_CHARACTERS;
}

text code_hash_hex(struct arena *arena, const struct code *code, text issued_for, const uint8_t key[CODE_KEY_BYTES])
{
    uint8_t hash[CODE_HASH_BYTES];
    char hex[2 * CODE_HASH_BYTES + 1];
    text bound = text_format(arena, "one-time code|%s|%.*s", code->characters, TEXT_ARGUMENTS(issued_for));
    must(crypto_generichash(hash, sizeof(hash), (const uint8_t *)bound.at, bound.length, key, CODE_KEY_BYTES) == 0);
    sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
    return text_format(arena, "%s", hex);
}
