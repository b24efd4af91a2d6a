/* Seals: a hash chain over transfers in canonical bytes, streamed, so that anyone holding the heads can prove the whole ledger.
   The format is written down in ledger.h; changing a byte of it breaks every seal ever published. */
#include <openssl/evp.h>

#include "ledger.h"

struct ledger_seal {
    struct arena *arena;
    text county;
    int64_t announced;
    uint64_t position, kinds; /* links so far; of them, kinds of other records */
    uint8_t hash[LEDGER_HASH_BYTES];
    struct bytes line; /* canonical bytes of the transfer at hand, used again for each */
    EVP_MD_CTX *digest;
    EVP_MD *sha256; /* fetched once: looking it up per transfer costs more than hashing one */
};

static void digest_free(void *digest)
{
    EVP_MD_CTX_free(digest);
}

static void sha256_free(void *sha256)
{
    EVP_MD_free(sha256);
}

static void big_endian(uint64_t value, size_t count, uint8_t *into)
{
    for (size_t i = 0; i < count; i++)
        into[i] = (uint8_t)(value >> (8 * (count - 1 - i)));
}

static void chain(EVP_MD_CTX *digest, const EVP_MD *sha256, const uint8_t *previous, uint64_t position, text bytes,
                  uint8_t *into)
{
    uint8_t head[LEDGER_HASH_BYTES + 12];
    memcpy(head, previous, LEDGER_HASH_BYTES);
    big_endian(position, 8, head + LEDGER_HASH_BYTES);
    big_endian(bytes.length, 4, head + LEDGER_HASH_BYTES + 8);
    must(EVP_DigestInit_ex2(digest, sha256, NULL) == 1);
    must(EVP_DigestUpdate(digest, head, sizeof head) == 1);
    must(EVP_DigestUpdate(digest, bytes.at, bytes.length) == 1);
    must(EVP_DigestFinal_ex(digest, into, NULL) == 1);
}

void ledger_hash_link(const uint8_t previous[LEDGER_HASH_BYTES], uint64_t position, text bytes,
                      uint8_t into[LEDGER_HASH_BYTES])
{
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    must(digest != NULL);
    chain(digest, EVP_sha256(), previous, position, bytes, into);
    EVP_MD_CTX_free(digest);
}

/* ---- Canonical bytes ---- */
static bool is_plain(text value)
{
    for (size_t i = 0; i < value.length; i++)
        if ((unsigned char)value.at[i] < 0x20 || value.at[i] == 0x7f)
            return false;
    return value.length > 0;
}

static void add_uuid(struct bytes *line, uuid id)
{
    static const char digits[] = "0123456789abcdef";
    char hyphenated[36];
    size_t at = 0;
    for (size_t i = 0; i < sizeof id.bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            hyphenated[at++] = '-';
        hyphenated[at++] = digits[id.bytes[i] >> 4];
        hyphenated[at++] = digits[id.bytes[i] & 15];
    }
    bytes_add(line, (text){hyphenated, sizeof hyphenated});
}

static void tab(struct bytes *line)
{
    bytes_add_char(line, '\t');
}

static void add_side(struct bytes *line, text kind, uuid holder)
{
    tab(line);
    bytes_add(line, kind);
    tab(line);
    add_uuid(line, holder);
}

static void add_entry(struct bytes *line, const struct ledger_entry *entry)
{
    bytes_add(line, TEXT("entry\t"));
    bytes_add_int64(line, entry->position);
    add_side(line, entry->debit_kind, entry->debit_holder);
    add_side(line, entry->credit_kind, entry->credit_holder);
    tab(line);
    bytes_add_int64(line, entry->amount_fen);
    bytes_add_char(line, '\n');
}

static void add_transfer(struct bytes *line, text county, const struct ledger_transfer *transfer)
{
    bytes_add(line, TEXT("transfer\t"));
    bytes_add(line, county);
    tab(line);
    add_uuid(line, transfer->transfer_id);
    tab(line);
    bytes_add(line, transfer->kind);
    tab(line);
    bytes_add(line, transfer->reference);
    tab(line);
    bytes_add_int64(line, transfer->posted_at);
    tab(line);
    if (uuid_is_zero(transfer->made_by))
        bytes_add_char(line, '-');
    else
        add_uuid(line, transfer->made_by);
    bytes_add_char(line, '\n');
}

static bool transfer_is_plain(const struct ledger_transfer *transfer)
{
    if (!is_plain(transfer->kind) || !is_plain(transfer->reference) || transfer->entries_count > LEDGER_ENTRIES_MAX)
        return false;
    for (size_t i = 0; i < transfer->entries_count; i++)
        if (!is_plain(transfer->entries[i].debit_kind) || !is_plain(transfer->entries[i].credit_kind))
            return false;
    return true;
}

/* ---- The stream ---- */
static void seal_link(struct ledger_seal *seal)
{
    uint8_t next[LEDGER_HASH_BYTES];
    chain(seal->digest, seal->sha256, seal->hash, seal->position++, bytes_text(&seal->line), next);
    memcpy(seal->hash, next, sizeof next);
}

struct ledger_seal *ledger_seal_open(struct arena *arena, text county, int64_t number, int64_t transfers_count,
                                     instant sealed_at, const uint8_t previous[LEDGER_HASH_BYTES])
{
    struct ledger_seal *seal = arena_alloc(arena, sizeof *seal);
    *seal = (struct ledger_seal){.arena = arena, .county = county, .announced = transfers_count};
    must(is_plain(county));
    seal->digest = EVP_MD_CTX_new();
    seal->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    must(seal->digest != NULL && seal->sha256 != NULL);
    arena_defer(arena, digest_free, seal->digest);
    arena_defer(arena, sha256_free, seal->sha256);
    memcpy(seal->hash, previous, sizeof seal->hash);
    bytes_init(&seal->line, arena, LEDGER_TRANSFER_BYTES_MAX);
    bytes_add(&seal->line, TEXT("seal\t"));
    bytes_add(&seal->line, county);
    const int64_t values[] = {number, transfers_count, sealed_at};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        tab(&seal->line);
        bytes_add_int64(&seal->line, values[i]);
    }
    bytes_add_char(&seal->line, '\n');
    seal_link(seal);
    return seal;
}

bool ledger_seal_add(struct ledger_seal *seal, const struct ledger_transfer *transfer)
{
    if (!transfer_is_plain(transfer))
        return false;
    seal->line.length = 0;
    add_transfer(&seal->line, seal->county, transfer);
    for (size_t i = 0; i < transfer->entries_count; i++)
        add_entry(&seal->line, &transfer->entries[i]);
    seal_link(seal);
    return true;
}

void ledger_seal_add_records(struct ledger_seal *seal, text kind, int64_t count, text digest)
{
    must(is_plain(kind) && is_plain(digest));
    seal->line.length = 0;
    bytes_add(&seal->line, TEXT("records\t"));
    bytes_add(&seal->line, kind);
    tab(&seal->line);
    bytes_add_int64(&seal->line, count);
    tab(&seal->line);
    bytes_add(&seal->line, digest);
    bytes_add_char(&seal->line, '\n');
    seal_link(seal);
    seal->kinds++;
}

const uint8_t *ledger_seal_link(const struct ledger_seal *seal)
{
    return seal->hash;
}

bool ledger_seal_close(struct ledger_seal *seal, uint8_t head[LEDGER_HASH_BYTES])
{
    memcpy(head, seal->hash, LEDGER_HASH_BYTES);
    return seal->position == (uint64_t)seal->announced + 1 + seal->kinds;
}

text ledger_hash_hex(struct arena *arena, const uint8_t hash[LEDGER_HASH_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    char *hex = arena_alloc(arena, LEDGER_HASH_BYTES * 2);
    for (size_t i = 0; i < LEDGER_HASH_BYTES; i++) {
        hex[2 * i] = digits[hash[i] >> 4];
        hex[2 * i + 1] = digits[hash[i] & 15];
    }
    return (text){hex, LEDGER_HASH_BYTES * 2};
}

static int nibble_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool ledger_hash_parse(text hex, uint8_t hash[LEDGER_HASH_BYTES])
{
    if (hex.length != LEDGER_HASH_BYTES * 2)
        return false;
    for (size_t i = 0; i < LEDGER_HASH_BYTES; i++) {
        int high = nibble_of(hex.at[2 * i]), low = nibble_of(hex.at[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        hash[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}
