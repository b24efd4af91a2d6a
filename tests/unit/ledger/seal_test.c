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
