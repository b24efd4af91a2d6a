/* Daily heads: signed lines that whoever keeps them can hold against this database later. */
#include <sodium.h>

#include "ledger.h"

_Static_assert(LEDGER_KEY_BYTES == crypto_sign_SEEDBYTES, "a key is the seed of a pair");

struct key_pair {
    uint8_t open[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
};
static const uint8_t *key_seed;

void ledger_use_head_key(const uint8_t *seed)
{
    key_seed = seed;
}

static struct key_pair key_pair(void)
{
    struct key_pair pair;
    must(key_seed != NULL);
    must(crypto_sign_seed_keypair(pair.open, pair.secret, key_seed) == 0);
    return pair;
}

static text hex_of(struct arena *arena, const uint8_t *bytes, size_t count)
{
    char *hex = arena_alloc(arena, 2 * count + 1);
    sodium_bin2hex(hex, 2 * count + 1, bytes, count);
    return (text){hex, 2 * count};
}

text ledger_head_key(struct arena *arena)
{
    struct key_pair pair = key_pair();
    text hex = hex_of(arena, pair.open, sizeof pair.open);
    sodium_memzero(&pair, sizeof pair);
    return hex;
}

static text head_line(struct arena *arena, const struct ledger_head *head)
{
    return text_format(arena, "head\t%.*s\t%.*s\t%lld\t%.*s", TEXT_ARGUMENTS(head->county), TEXT_ARGUMENTS(head->day),
                       (long long)head->number, TEXT_ARGUMENTS(ledger_hash_hex(arena, head->head)));
}

text ledger_head_sign(struct arena *arena, const struct ledger_head *head)
{
    struct key_pair pair = key_pair();
    uint8_t signature[crypto_sign_BYTES];
    text line = head_line(arena, head);
    must(crypto_sign_detached(signature, NULL, (const uint8_t *)line.at, line.length, pair.secret) == 0);
    sodium_memzero(&pair, sizeof pair);
    return hex_of(arena, signature, sizeof signature);
}

bool ledger_head_is_signed(struct arena *arena, const struct ledger_head *head, text signature)
{
    uint8_t bytes[crypto_sign_BYTES];
    size_t length = 0;
    if (sodium_hex2bin(bytes, sizeof bytes, signature.at, signature.length, NULL, &length, NULL) != 0 ||
        length != sizeof bytes)
        return false;
    struct key_pair pair = key_pair();
    text line = head_line(arena, head);
    bool holds = crypto_sign_verify_detached(bytes, (const uint8_t *)line.at, line.length, pair.open) == 0;
    sodium_memzero(&pair, sizeof pair);
    return holds;
}

bool ledger_head_read(text line, struct ledger_head *head, text *signature)
{
    text rest = line;
    text word = text_cut(&rest, '\t');
    head->county = text_cut(&rest, '\t');
    head->day = text_cut(&rest, '\t');
    text number = text_cut(&rest, '\t'), hex = text_cut(&rest, '\t');
    *signature = text_cut(&rest, '\t');
    return text_equal(word, TEXT("head")) && head->county.length > 0 && head->day.length > 0 && rest.at == NULL &&
           text_to_int64(number, 1, INT64_MAX, &head->number) && ledger_hash_parse(hex, head->head);
}
