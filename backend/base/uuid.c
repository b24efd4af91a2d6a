/* Identifiers: time-ordered UUIDs (RFC 9562, version 7), public county ids, and where randomness comes from. */
#include <errno.h>
#include <sys/random.h>
#include "base.h"

void random_bytes(void *into, size_t count)
{
    char *at = into;
    while (count > 0) {
        ssize_t got = getrandom(at, count, 0);
        must(got >= 0 || errno == EINTR);
        if (got > 0) {
            at += got;
            count -= (size_t)got;
        }
    }
}

uint64_t seeded_next(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ mixed >> 31;
}

static void put_bytes(uint8_t *into, uint64_t value, int count)
{
    for (int i = count - 1; i >= 0; i--, value >>= 8)
        into[i] = (uint8_t)value;
}

static uint64_t get_bytes(const uint8_t *from, int count)
{
    uint64_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | from[i];
    return value;
}

/* 48 bits of milliseconds, 12 bits of their fraction, 61 random bits. */
static uuid uuid_make(instant at, uint64_t random)
{
    must(at >= 0);
    uint64_t ms = (uint64_t)(at / 1000), fraction = (uint64_t)(at % 1000) * 4096 / 1000;
    uuid id = {0};
    put_bytes(id.bytes, ms, 6);
    put_bytes(id.bytes + 6, UINT64_C(0x7000) | fraction, 2);
    /* The top random bit stays clear, so that uuid_nth can count on without spilling over. */
    put_bytes(id.bytes + 8, UINT64_C(0x8000000000000000) | (random >> 3), 8);
    return id;
}

uuid uuid_new(instant at)
{
    uint64_t random;
    random_bytes(&random, sizeof random);
    return uuid_make(at, random);
}

uuid uuid_nth(uuid base, uint32_t n)
{
    const uint64_t tail_mask = UINT64_C(0x3FFFFFFFFFFFFFFF);
    uint64_t low = get_bytes(base.bytes + 8, 8);
    put_bytes(base.bytes + 8, (low & ~tail_mask) | ((low + n) & tail_mask), 8);
    return base;
}

uuid uuid_from_seed(uint64_t seed, uint64_t n, instant at)
{
    uint64_t state = seed;
    state = seeded_next(&state) ^ n;
    return uuid_make(at, seeded_next(&state));
}

static bool is_hyphen_place(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

bool uuid_parse(text hyphenated, uuid *id)
{
    uuid parsed = {0};
    size_t nibbles = 0;
    if (hyphenated.length != 36)
        return false;
    for (size_t i = 0; i < hyphenated.length; i++) {
        int value = text_hex_digit(hyphenated.at[i]);
        if (is_hyphen_place(i) ? hyphenated.at[i] != '-' : value < 0)
            return false;
        if (is_hyphen_place(i))
            continue;
        parsed.bytes[nibbles / 2] = (uint8_t)(parsed.bytes[nibbles / 2] << 4 | value);
        nibbles++;
    }
    *id = parsed;
    return true;
}

text uuid_format(struct arena *arena, uuid id)
{
    static const char digits[] = "0123456789abcdef";
    char *at = arena_alloc(arena, 37);
    size_t nibble = 0;
    for (size_t i = 0; i < 36; i++) {
        if (is_hyphen_place(i)) {
            at[i] = '-';
            continue;
        }
        uint8_t byte = id.bytes[nibble / 2];
        at[i] = digits[nibble % 2 == 0 ? byte >> 4 : byte & 15];
        nibble++;
    }
    return (text){at, 36};
}

bool uuid_equal(uuid a, uuid b)
{
    return uuid_compare(a, b) == 0;
}

int uuid_compare(uuid a, uuid b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes);
}

bool uuid_is_zero(uuid id)
{
    return uuid_equal(id, (uuid){0});
}

bool county_id_parse(text public_id, county_id *id)
{
    county_id parsed = {0};
    int64_t digits;
    text county = text_part(public_id, 0, 6);
    if (public_id.length != 6 + 1 + 36 || public_id.at[6] != '-' || !text_to_int64(county, 1, 999999, &digits) ||
        !uuid_parse(text_part(public_id, 7, 36), &parsed.id))
        return false;
    memcpy(parsed.county, county.at, 6);
    *id = parsed;
    return true;
}

county_id county_id_of(text county, uuid id)
{
    county_id made = {.id = id};
    must(county.length < sizeof(made.county));
    if (county.length > 0)
        memcpy(made.county, county.at, county.length);
    return made;
}

text county_id_format(struct arena *arena, county_id id)
{
    return text_format(arena, "%s-%.*s", id.county, TEXT_ARGUMENTS(uuid_format(arena, id.id)));
}

text county_id_half(struct arena *arena, text id_name)
{
    text stem = text_ends_with(id_name, TEXT("id")) ? text_part(id_name, 0, id_name.length - 2) : id_name;
    return text_format(arena, "%.*scounty", TEXT_ARGUMENTS(stem));
}
