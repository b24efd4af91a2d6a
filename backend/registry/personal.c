/* Personal values at rest. The database, its replicas and backups hold nothing readable: keys live in a file outside of them. */
#include <sodium.h>

#include "registry.h"

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define OVERHEAD_BYTES (1 + NONCE_BYTES + TAG_BYTES)
#define PERSONAL_VALUE_BYTES_MAX ((size_t)4 * UPLOAD_BYTES_MAX) /* a file that waits, or what was not taken of it */
#define INDEX_BYTES 32

_Static_assert(PERSONAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the sealing key's size");
_Static_assert(PERSONAL_KEY_BYTES == crypto_kdf_KEYBYTES, "the index key's size");

/* Before main: picks the fastest code for this processor, for argon2id in accounts as well. */
__attribute__((constructor)) static void sodium_start(void)
{
    must(sodium_init() >= 0);
}

static bool read_hex_key(text hex, uint8_t key[PERSONAL_KEY_BYTES])
{
    size_t length = 0;
    return hex.length == 2 * PERSONAL_KEY_BYTES &&
           sodium_hex2bin(key, PERSONAL_KEY_BYTES, hex.at, hex.length, NULL, &length, NULL) == 0 &&
           length == PERSONAL_KEY_BYTES;
}

static bool key_id_is_known(const struct personal_keys *keys, uint8_t id)
{
    for (size_t i = 0; i < keys->sealing_count; i++) {
        if (keys->sealing[i].id == id)
            return true;
    }
    return false;
}

static bool read_sealing_key(text rest, struct personal_keys *keys)
{
    int64_t id;
    text number = text_cut(&rest, ' ');
    if (keys->sealing_count == PERSONAL_KEYS_MAX || !text_to_int64(number, 1, UINT8_MAX, &id) ||
        key_id_is_known(keys, (uint8_t)id) || !read_hex_key(rest, keys->sealing[keys->sealing_count].bytes))
        return false;
    keys->sealing[keys->sealing_count++].id = (uint8_t)id;
    return true;
}

static bool read_key_line(text line, struct personal_keys *keys, bool *has_index)
{
    text word = text_cut(&line, ' ');
    if (text_equal(word, TEXT("seal")))
        return read_sealing_key(line, keys);
    if (!text_equal(word, TEXT("index")) || *has_index)
        return false;
    *has_index = true;
    return read_hex_key(line, keys->index_key);
}

bool personal_keys_read(text file, struct personal_keys *keys)
{
    *keys = (struct personal_keys){0};
    bool has_index = false;
    while (file.at != NULL) {
        text line = text_trim(text_cut(&file, '\n'));
        if (line.length > 0 && !read_key_line(line, keys, &has_index)) {
            personal_keys_wipe(keys);
            return false;
        }
    }
    return has_index && keys->sealing_count > 0;
}

text personal_keys_new(struct arena *arena)
{
    uint8_t keys[2][PERSONAL_KEY_BYTES];
    char hex[2][2 * PERSONAL_KEY_BYTES + 1];
    randombytes_buf(keys, sizeof(keys));
    sodium_bin2hex(hex[0], sizeof(hex[0]), keys[0], PERSONAL_KEY_BYTES);
    sodium_bin2hex(hex[1], sizeof(hex[1]), keys[1], PERSONAL_KEY_BYTES);
    text file = text_format(arena, "index %s\nseal 1 %s\n", hex[0], hex[1]);
    sodium_memzero(keys, sizeof(keys));
    sodium_memzero(hex, sizeof(hex));
    return file;
}

void personal_keys_wipe(struct personal_keys *keys)
{
    sodium_memzero(keys, sizeof(*keys));
}

static text associated_data(const struct personal_place *place, struct arena *arena)
{
    return text_format(arena, "%s|%s|%.*s|%.*s", place->table, place->column, TEXT_ARGUMENTS(place->county),
                       TEXT_ARGUMENTS(uuid_format(arena, place->row_id)));
}

text personal_seal(const struct personal_keys *keys, const struct personal_place *place, text plain,
                   struct arena *arena)
{
    must(keys->sealing_count > 0 && plain.length <= PERSONAL_VALUE_BYTES_MAX);
    text bound = associated_data(place, arena);
    uint8_t *sealed = arena_alloc(arena, OVERHEAD_BYTES + plain.length);
    uint8_t *nonce = sealed + 1;
    sealed[0] = keys->sealing[0].id;
    randombytes_buf(nonce, NONCE_BYTES);
    unsigned long long length;
    must(crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE_BYTES, &length, (const uint8_t *)plain.at,
                                                    plain.length, (const uint8_t *)bound.at, bound.length, NULL, nonce,
                                                    keys->sealing[0].bytes) == 0);
    return (text){(const char *)sealed, 1 + NONCE_BYTES + (size_t)length};
}

static const uint8_t *key_of(const struct personal_keys *keys, text sealed)
{
    for (size_t i = 0; i < keys->sealing_count; i++) {
        if (keys->sealing[i].id == (uint8_t)sealed.at[0])
            return keys->sealing[i].bytes;
    }
    return NULL;
}

bool personal_open(const struct personal_keys *keys, const struct personal_place *place, text sealed,
                   struct arena *arena, text *plain)
{
    if (sealed.length < OVERHEAD_BYTES || sealed.length > OVERHEAD_BYTES + PERSONAL_VALUE_BYTES_MAX)
        return false;
    const uint8_t *key = key_of(keys, sealed);
    if (key == NULL)
        return false;
    text bound = associated_data(place, arena);
    const uint8_t *nonce = (const uint8_t *)sealed.at + 1;
    uint8_t *opened = arena_alloc(arena, sealed.length);
    unsigned long long length;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(opened, &length, NULL, nonce + NONCE_BYTES,
                                                   sealed.length - 1 - NONCE_BYTES, (const uint8_t *)bound.at,
                                                   bound.length, nonce, key) != 0)
        return false;
    *plain = (text){(const char *)opened, (size_t)length};
    return true;
}

bool personal_is_old(const struct personal_keys *keys, text sealed)
{
    return sealed.length > 0 && keys->sealing_count > 0 && (uint8_t)sealed.at[0] != keys->sealing[0].id;
}

text personal_blind_index(const struct personal_keys *keys, enum personal_index purpose, text normal,
                          struct arena *arena)
{
    uint8_t key[PERSONAL_KEY_BYTES];
    must(crypto_kdf_derive_from_key(key, sizeof(key), purpose, "blindidx", keys->index_key) == 0);
    uint8_t index[INDEX_BYTES];
    must(crypto_generichash(index, sizeof(index), (const uint8_t *)normal.at, normal.length, key, sizeof(key)) == 0);
    sodium_memzero(key, sizeof(key));
    char hex[2 * INDEX_BYTES + 1];
    sodium_bin2hex(hex, sizeof(hex), index, sizeof(index));
    return text_format(arena, "%s", hex);
}

text personal_to_bytea(struct arena *arena, text bytes)
{
    size_t room = 2 + 2 * bytes.length + 1;
    char *bytea = arena_alloc(arena, room);
    memcpy(bytea, "\\x", 2);
    sodium_bin2hex(bytea + 2, room - 2, (const uint8_t *)bytes.at, bytes.length);
    return (text){bytea, room - 1};
}

bool personal_from_bytea(struct arena *arena, text bytea, text *bytes)
{
    if (!text_starts_with(bytea, TEXT("\\x")) || bytea.length % 2 != 0)
        return false;
    size_t length = 0, room = bytea.length / 2 - 1;
    uint8_t *into = arena_alloc(arena, room + 1);
    if (sodium_hex2bin(into, room, bytea.at + 2, bytea.length - 2, NULL, &length, NULL) != 0 || length != room)
        return false;
    *bytes = (text){(const char *)into, length};
    return true;
}
