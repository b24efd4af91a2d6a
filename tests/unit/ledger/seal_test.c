/* Seals: the published format, byte for byte, against hashes made apart from this program. */
#include "ledger.h"
#include "unit.h"

static struct ledger_entry an_entry(money amount)
{
    uuid none = {0};
    return (struct ledger_entry){1,     TEXT("gateway_clearing"), none, TEXT("buyer_escrow"), uuid_from_seed(7, 1, 0),
                                 amount};
}

static bool head_of(struct arena *arena, money amount, int64_t announced, uint8_t head[LEDGER_HASH_BYTES])
{
    const uint8_t first[LEDGER_HASH_BYTES] = {0};
    struct ledger_entry entry = an_entry(amount);
    struct ledger_transfer transfer = {.transfer_id = uuid_from_seed(7, 2, 0),
                                       .kind = TEXT("payment_applied"),
                                       .reference = TEXT("order"),
                                       .posted_at = 1700000000000000,
                                       .entries = &entry,
                                       .entries_count = 1};
    struct ledger_seal *seal = ledger_seal_open(arena, TEXT("621202"), 1, announced, 1700000001000000, first);
    cr_assert(ledger_seal_add(seal, &transfer));
    return ledger_seal_close(seal, head);
}

/* printf 'seal…' with 32 zero bytes, 8 of position and 4 of length before it, through sha256sum. */
Test(ledger_seal, a_link_is_the_published_hash)
{
    SCRATCH(arena);
    const uint8_t first[LEDGER_HASH_BYTES] = {0};
    uint8_t head[LEDGER_HASH_BYTES];
    ledger_hash_link(first, 0, TEXT("seal\t621202\t1\t0\t1700000001000000\n"), head);
    EXPECT_TEXT(ledger_hash_hex(arena, head), "a56903607655b05ac20fc01fec3e403c6089593e49b6ea4d1b32ebd1d49a5625");
    struct ledger_seal *seal = ledger_seal_open(arena, TEXT("621202"), 1, 0, 1700000001000000, first);
    uint8_t closed[LEDGER_HASH_BYTES];
    cr_assert(ledger_seal_close(seal, closed));
    cr_assert_arr_eq(closed, head, sizeof head);
}

Test(ledger_seal, one_fen_changes_the_head)
{
    SCRATCH(arena);
    uint8_t one[LEDGER_HASH_BYTES], again[LEDGER_HASH_BYTES], other[LEDGER_HASH_BYTES];
    cr_assert(head_of(arena, 100, 1, one) && head_of(arena, 100, 1, again) && head_of(arena, 101, 1, other));
    cr_assert_arr_eq(one, again, sizeof one);
    cr_assert_neq(memcmp(one, other, sizeof one), 0);
}

Test(ledger_seal, another_number_of_transfers_than_announced_is_told)
{
    SCRATCH(arena);
    uint8_t head[LEDGER_HASH_BYTES];
    cr_assert_not(head_of(arena, 100, 2, head));
}

Test(ledger_seal, a_control_character_was_never_ours)
{
    SCRATCH(arena);
    const uint8_t first[LEDGER_HASH_BYTES] = {0};
    struct ledger_transfer forged = {.kind = TEXT("payment_applied"), .reference = TEXT("a\nentry\t1")};
    struct ledger_seal *seal = ledger_seal_open(arena, TEXT("621202"), 1, 1, 0, first);
    cr_assert_not(ledger_seal_add(seal, &forged));
}

Test(ledger_seal, hexadecimal_reads_back)
{
    SCRATCH(arena);
    uint8_t head[LEDGER_HASH_BYTES], read[LEDGER_HASH_BYTES];
    cr_assert(head_of(arena, 100, 1, head));
    cr_assert(ledger_hash_parse(ledger_hash_hex(arena, head), read));
    cr_assert_arr_eq(head, read, sizeof head);
    cr_assert_not(ledger_hash_parse(TEXT("00"), read));
}

/* features.md §4.8, worked there: two records after 32 zero bytes. */
Test(ledger_seal, the_worked_example_holds)
{
    SCRATCH(arena);
    const struct {
        uint64_t position;
        text bytes, head;
    } links[] = {
        {1, TEXT("{\"a\":\"household.create\",\"id\":\"H-0001\"}"),
         TEXT("d581aeb6e74badd8b38ddf1bfe8d4c9fcccec3272789fde66e97fcddc0a68b22")},
        {2, TEXT("{\"a\":\"lot.create\",\"id\":\"L-0001\"}"),
         TEXT("47d7ce0443d01f609ee7b590c3585a0524db054b802c36cad836f50fccf9a524")},
    };
    uint8_t head[LEDGER_HASH_BYTES] = {0};
    for (size_t i = 0; i < 2; i++) {
        ledger_hash_link(head, links[i].position, links[i].bytes, head);
        cr_assert(text_equal(ledger_hash_hex(arena, head), links[i].head), "link %zu", i);
    }
}

Test(ledger_seal, another_place_in_the_chain_is_another_hash)
{
    uint8_t first[LEDGER_HASH_BYTES] = {0}, one[LEDGER_HASH_BYTES], two[LEDGER_HASH_BYTES];
    ledger_hash_link(first, 1, TEXT("same"), one);
    ledger_hash_link(first, 2, TEXT("same"), two);
    cr_assert_neq(memcmp(one, two, sizeof one), 0);
}

Test(ledger_seal, other_records_change_the_head)
{
    SCRATCH(arena);
    const uint8_t first[LEDGER_HASH_BYTES] = {0};
    uint8_t without[LEDGER_HASH_BYTES], with[LEDGER_HASH_BYTES];
    struct ledger_seal *seal = ledger_seal_open(arena, TEXT("621202"), 1, 0, 0, first);
    cr_assert(ledger_seal_close(seal, without));
    ledger_seal_add_records(seal, TEXT("audit_events"), 3, TEXT("00"));
    cr_assert(ledger_seal_close(seal, with));
    cr_assert_neq(memcmp(without, with, sizeof with), 0);
    cr_assert_arr_eq(ledger_seal_link(seal), with, sizeof with);
}

/* ---- Heads a county keeps ---- */
static struct ledger_head a_head(void)
{
    struct ledger_head head = {.county = TEXT("621202"), .day = TEXT("2026-11-23"), .number = 35};
    memset(head.head, 0xab, sizeof head.head);
    return head;
}

static const uint8_t seed[LEDGER_KEY_BYTES] = {1}, other_seed[LEDGER_KEY_BYTES] = {2};

Test(ledger_heads, a_signature_holds_for_its_line_only)
{
    SCRATCH(arena);
    ledger_use_head_key(seed);
    struct ledger_head head = a_head();
    text signature = ledger_head_sign(arena, &head);
    cr_assert(ledger_head_is_signed(arena, &head, signature));
    head.number++;
    cr_assert_not(ledger_head_is_signed(arena, &head, signature));
    head.number--;
    cr_assert_not(ledger_head_is_signed(arena, &head, TEXT("abcd")));
    ledger_use_head_key(other_seed);
    cr_assert_not(ledger_head_is_signed(arena, &head, signature));
}

Test(ledger_heads, a_line_reads_back)
{
    SCRATCH(arena);
    ledger_use_head_key(seed);
    struct ledger_head head = a_head(), read;
    text signature;
    text line =
        text_format(arena, "head\t621202\t2026-11-23\t35\t%.*s\t%.*s",
                    TEXT_ARGUMENTS(ledger_hash_hex(arena, head.head)), TEXT_ARGUMENTS(ledger_head_sign(arena, &head)));
    cr_assert(ledger_head_read(line, &read, &signature));
    cr_assert_eq(read.number, 35);
    EXPECT_TEXT(read.day, "2026-11-23");
    cr_assert(ledger_head_is_signed(arena, &read, signature));
}

Test(ledger_heads, what_is_no_line_is_refused)
{
    struct ledger_head head;
    text signature;
    const text lines[] = {TEXT(""), TEXT("head"), TEXT("tail\t621202\t2026-11-23\t35\tab\tcd"),
                          TEXT("head\t621202\t2026-11-23\t0\tab\tcd"),
                          TEXT("head\t621202\t2026-11-23\t35\tab\tcd\tef")};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_assert_not(ledger_head_read(lines[i], &head, &signature), "line %zu", i);
}
